"""The asker's thanks under the answers of a page, and the asker's form for them."""

from dataclasses import dataclass

from midtlink.people.models import Person
from midtlink.questions import forms
from midtlink.questions.models import Answer
from midtlink.questions.queries import Thread
from midtlink.reputation.policy import may_take_thanks_back, may_thank
from midtlink.reputation.records import Thanks
from midtlink.reputation.thanks import thanks_for


@dataclass(frozen=True)
class ThanksPart:
    """The thanks for one answer, or the form for them with what was typed."""

    row: Thanks | None
    may_give: bool
    may_take_back: bool
    is_own: bool
    typed: forms.Typed
    is_open: bool


class ThanksParts:
    """The thanks of a thread as one person sees it; `refused` is a form with its answer's id."""

    def __init__(
        self, thread: Thread, person: Person, refused: tuple[int, forms.Typed] | None
    ) -> None:
        ids = [answer.id for answer in thread.answers.rows]
        self._rows = thanks_for(ids) if ids else {}
        self._person, self._refused = person, dict([refused] if refused else [])

    def of(self, answer: Answer) -> ThanksPart:
        """Return what stands under an answer."""
        row, refused = self._rows.get(answer.id), self._refused.get(answer.id)
        return ThanksPart(
            row,
            may_give=row is None and may_thank(self._person, answer),
            may_take_back=row is not None and may_take_thanks_back(self._person, answer),
            is_own=row is not None and row.by_id == self._person.id,
            typed=refused or forms.Typed({}),
            is_open=refused is not None,
        )
