"""The page of hits that is asked for, best first; equals by id, the newest first."""

from collections.abc import Sequence

import numpy as np

from midtlink.search.backends._arrays import Array
from midtlink.search.backends._snapshot import Snapshot
from midtlink.search.protocol import HELPFUL, NEWEST, Hit, Wanted


def ranked(
    snapshot: Snapshot, scores: Sequence[Array], fitting: Sequence[Array], wanted: Wanted
) -> tuple[Hit, ...]:
    """Return the hits from an offset on, of the documents of each segment that fit."""
    most = max(wanted.offset, 0) + max(wanted.limit, 0)
    rows: list[tuple[float, int, float]] = []
    for segment, score, docs in zip(snapshot.segments, scores, fitting, strict=True):
        ids, own = segment.column("id")[docs], score[docs].astype(np.float64)
        keys = own
        if wanted.order == NEWEST or (wanted.order != HELPFUL and not _is_worded(wanted)):
            keys = segment.column("created")[docs].astype(np.float64)
        elif wanted.order == HELPFUL:
            keys = segment.column("helped")[docs] + own / (1 + own)
        best = _best(keys, ids, most)
        rows += zip(keys[best].tolist(), ids[best].tolist(), own[best].tolist(), strict=True)
    rows.sort(reverse=True)
    return tuple(Hit(id, score) for _, id, score in rows[max(wanted.offset, 0) : most])


def _is_worded(wanted: Wanted) -> bool:
    return bool(wanted.words or wanted.prefixes or wanted.phrases)


def _best(keys: Array, ids: Array, most: int) -> Array:
    """Return where the greatest keys are, those of the greatest ids among equals."""
    if most <= 0 or len(keys) <= most:
        return np.arange(len(keys)) if most > 0 else np.empty(0, np.int64)
    least = np.partition(keys, len(keys) - most)[len(keys) - most]
    better = np.flatnonzero(keys > least)
    equal = np.flatnonzero(keys == least)
    room = most - len(better)
    if len(equal) > room:
        equal = equal[np.argpartition(ids[equal], len(equal) - room)[len(equal) - room :]]
    return np.concatenate([better, equal])
