"""Every setting with its default. The type of the default is the type of the setting."""

from dataclasses import dataclass

Value = str | int | bool


@dataclass(frozen=True)
class Definition:
    """A setting: its key, its default and, for numbers, the range it must lie in."""

    key: str
    default: Value
    least: int = 0
    most: int = 1_000_000
    longest: int = 200
    #: The words that a text setting is one of; none: any text.
    choices: tuple[str, ...] = ()


DEFINITIONS = {
    definition.key: definition
    for definition in (
        Definition("hospital_name", "Regionshospitalet"),
        Definition("accent_light", "#00577d", longest=7),
        Definition("accent_dark", "#6cc3ec", longest=7),
        Definition("it_phone", "1234", longest=20),
        Definition("idle_minutes_shared", 15, least=2, most=240),
        Definition("idle_minutes_own", 240, least=2, most=720),
        Definition("sign_in_hours", 12, least=1, most=24),
        Definition("failed_sign_ins", 5, least=3, most=20),
        Definition("failed_sign_in_minutes", 30, least=5, most=240),
        Definition("password_link_hours", 24, least=1, most=168),
        Definition("shortest_password", 12, least=8, most=64),
        Definition("accept_for_absent_days", 7, least=0, most=90),
        Definition("posts_per_minute", 6, least=1, most=100),
        Definition("posts_per_day", 200, least=1, most=2_000),
        Definition("drafts_kept_days", 30, least=1, most=365),
        Definition("votes_per_day", 30, least=1, most=1_000),
        Definition("mail_shows_titles", False),
        Definition("points_are_on", True),
        Definition("vote_patterns_days", 30, least=7, most=90),
        Definition("privilege_preset", "hospital", choices=("open", "hospital", "strict")),
        # What each event is worth; reputation/rules.py says what the rules are.
        Definition("points_helped", 10, most=1_000),
        Definition("points_helped_same", 12, most=1_000),
        Definition("points_good", 5, most=1_000),
        Definition("points_accepted", 15, most=1_000),
        Definition("points_accepting", 2, most=1_000),
        Definition("points_confirmed", 10, most=1_000),
        Definition("points_edit", 2, most=1_000),
        Definition("points_wrong", 2, most=1_000),
        Definition("points_bridge", 5, most=1_000),
        Definition("points_daily_cap", 200, most=100_000),
    )
}
