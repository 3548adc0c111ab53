"""Why a verb did not do as asked: typed errors that views put into words."""


class Refused(ValueError):
    """A field's text does not fit. `code` names the rule, `facts` its numbers."""

    def __init__(self, field: str, code: str, **facts: object) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code
        self.facts = facts


class Conflict(Exception):
    """Somebody else changed the thing in the meantime. The page answers 409."""


class TooMany(Exception):
    """A person writes faster than anybody should. The page answers 429."""


class BadInput(Exception):
    """A value that no form of ours would send. The page answers 400."""
