"""What a person shows of what their help has brought: points, and what they are known for."""

from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.people.events import ShowingChosen
from midtlink.people.models import Person
from midtlink.people.policy import may_change_profile


def choose_showing(
    person: Person,
    *,
    hides_points: bool | None = None,
    is_listed: bool | None = None,
    shows_expertise: bool | None = None,
    by: Person | None,
) -> None:
    """Remember what a person shows; None leaves a choice as it is, and the same changes nothing.

    Only they themselves choose it. Who hides their points is in no list, and known for nothing,
    whatever else they chose: those choices hold when the points are shown again.
    """
    with transaction():
        if not may_change_profile(by, person):
            raise NotAllowed(by, "choose what is shown of", person)
        chosen = {
            "hides_points": hides_points,
            "is_listed": is_listed,
            "shows_expertise": shows_expertise,
        }
        new = {
            name: each
            for name, each in chosen.items()
            if each is not None and each != getattr(person, name)
        }
        for name, each in new.items():
            setattr(person, name, each)
        if new:
            publish(ShowingChosen(by_id=person.id, person_id=person.id))
