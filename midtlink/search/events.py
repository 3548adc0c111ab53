"""What happens to the search: its synonyms, what it did not find, what it spared, what is kept."""

from dataclasses import dataclass

from midtlink.events import Event


@dataclass(frozen=True, kw_only=True)
class SearchSynonymsEvent(Event):
    """Something happened to a group of words that mean the same."""

    synonyms_id: int


class SearchSynonymsAdded(SearchSynonymsEvent):
    """A group was added."""


class SearchSynonymsChanged(SearchSynonymsEvent):
    """The words of a group changed."""


class SearchSynonymsDeleted(SearchSynonymsEvent):
    """A group was deleted; that can be taken back."""


class SearchSynonymsRestored(SearchSynonymsEvent):
    """A deletion was taken back."""


@dataclass(frozen=True, kw_only=True)
class SearchSynonymsGuardOverruled(SearchSynonymsEvent):
    """Somebody said of numbers in a group that they are no CPR numbers."""

    count: int


@dataclass(frozen=True, kw_only=True)
class UnfoundEvent(Event):
    """Something happened to words that were searched for and not found."""

    unfound_id: int


@dataclass(frozen=True, kw_only=True)
class UnfoundSettled(UnfoundEvent):
    """Somebody saw to them: by a question, by a synonym, or because they do not matter."""

    settlement: str
    question_id: int | None = None


class UnfoundReopened(UnfoundEvent):
    """They wait again."""


@dataclass(frozen=True, kw_only=True)
class SparingEvent(Event):
    """Something happened to a question that nobody had to ask. It never says who wrote it."""

    question_id: int


class QuestionSpared(SparingEvent):
    """Somebody found the answer in this question while writing one."""


class SparingTakenBack(SparingEvent):
    """It was not the answer after all."""


@dataclass(frozen=True, kw_only=True)
class SavedSearchEvent(Event):
    """Something happened to a search that a person keeps."""

    saved_search_id: int


class SearchSaved(SavedSearchEvent):
    """A person kept a search."""


@dataclass(frozen=True, kw_only=True)
class SavedSearchWatched(SavedSearchEvent):
    """A person wants to be told of new hits, or no longer."""

    is_watched: bool


class SavedSearchDropped(SavedSearchEvent):
    """A person keeps a search no longer."""


@dataclass(frozen=True, kw_only=True)
class SavedSearchMatched(SavedSearchEvent):
    """A watched search has more new hits than it had before."""

    person_id: int
    count: int
