"""What feeds and their entries are called. A question's own title is not among it."""

from flask_babel import gettext as _


def entry_title(system: str, department: str) -> str:
    """Say what an entry is about: feeds leave the house, so no more than a mail says."""
    if system and department:
        names = {"system": system, "department": department}
        return _("Nyt spørgsmål om %(system)s fra %(department)s", **names)
    if system:
        return _("Nyt spørgsmål om %(system)s", system=system)
    if department:
        return _("Nyt spørgsmål fra %(department)s", department=department)
    return _("Nyt spørgsmål")


def about_title(name: str) -> str:
    """Name the feed of a system or a tag."""
    return _("MidtLink: spørgsmål om %(name)s", name=name)


def department_title(name: str) -> str:
    """Name the feed of a department."""
    return _("MidtLink: spørgsmål fra %(name)s", name=name)


def unanswered_title() -> str:
    """Name the feed of what nobody has answered."""
    return _("MidtLink: ubesvarede spørgsmål")
