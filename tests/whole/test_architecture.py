"""The direction of the code: who may lean on whom. Facts flow up, calls flow down."""

import ast

import pytest

from tests.whole.sources import imports, modules, path_of

ORDER = [
    "settings",
    "people",
    "topics",
    "questions",
    "moderation",
    "reputation",
    "search",
    "notifications",
    "importing",
    "audit",
    "demo",
]
#: Domains that may lean on everything to their left; siblings at the end may not know each other.
SIBLINGS = {"notifications", "importing", "audit"}
MAY_LEAN_ON = {
    domain: set(ORDER[: ORDER.index(domain)]) - (SIBLINGS if domain in SIBLINGS else set())
    for domain in ORDER
}
#: The ground knows no domain, except that these put the application together.
ASSEMBLY = {
    "__init__.py",
    "__main__.py",
    "cli.py",
    "configuring.py",
    "running.py",
    "server.py",
    "shell.py",
}
MEETS_THE_WEB = {
    *("__init__.py", "access.py", "assets.py", "cli.py", "compressing.py", "configuring.py"),
    *(
        "errors.py",
        "extensions.py",
        "forms.py",
        "guarding.py",
        "pages.py",
        "running.py",
        "security.py",
    ),
    *("shell.py", "sweeper.py"),
}
WEB_PARTS = {"views", "forms", "commands"}
#: Views and forms may read any domain; commands put things together as views do.
READS_ALL = {"views", "forms", "commands"}


def part(path):
    """What a module is in its domain: models, views, commands ..."""
    return path.parts[1].removesuffix(".py") if len(path.parts) > 1 else path.name


def domain_imports(tree):
    for name, line in imports(tree):
        words = name.split(".")
        if words[0] == "midtlink" and len(words) > 1 and words[1] in ORDER:
            yield words[1], words[2] if len(words) > 2 else "", line


@pytest.mark.parametrize(("path", "tree"), modules(), ids=path_of)
def test_nobody_leans_to_the_right(path, tree):
    domain = path.parts[0]
    if part(path) in READS_ALL or str(path) in ASSEMBLY:
        return
    allowed = MAY_LEAN_ON.get(domain, set()) | {domain}
    wrong = [(name, line) for name, _, line in domain_imports(tree) if name not in allowed]
    assert not wrong, f"{path} leans on {wrong}"


@pytest.mark.parametrize(("path", "tree"), modules(), ids=path_of)
def test_nobody_imports_another_domains_views(path, tree):
    wrong = [
        (name, line)
        for name, module, line in domain_imports(tree)
        if module == "views" and not (path.parts[0] == name and part(path) == "views")
    ]
    assert not wrong


@pytest.mark.parametrize(("path", "tree"), modules(), ids=path_of)
def test_flask_stays_in_the_web_parts(path, tree):
    if part(path) in WEB_PARTS or str(path) in MEETS_THE_WEB:
        return
    wrong = [line for name, line in imports(tree) if name.split(".")[0] in ("flask", "flask_login")]
    assert not wrong, f"{path} imports flask in lines {wrong}"


@pytest.mark.parametrize(("path", "tree"), modules(), ids=path_of)
def test_only_the_clock_tells_the_time(path, tree):
    if path.name == "clock.py":
        return
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {ast.unparse(call) for call in calls}
    assert not named & {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}


@pytest.mark.parametrize(("path", "tree"), modules(), ids=path_of)
def test_only_markup_names_bleach_and_nobody_deserialises_code(path, tree):
    names = {name.split(".")[0] for name, _ in imports(tree)}
    assert "bleach" not in names or path.name == "markup.py"
    assert not names & {"pickle", "marshal", "shelve"}


@pytest.mark.parametrize(("path", "tree"), modules(), ids=path_of)
def test_no_statement_is_pasted_together(path, tree):
    """SQL text is a constant: no f-string, % or + reaches text() (table names in tests aside)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("text", "sa.text"):
            assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"


@pytest.mark.parametrize(("path", "tree"), modules(), ids=path_of)
def test_secrets_are_never_compared_with_equals(path, tree):
    """Tokens are looked up by their hash: comparing them in Python would tell time."""
    secret = ("token", "secret", "signature")
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq):
            left = ast.unparse(node.left)
            is_column = left[:1].isupper()
            assert is_column or not left.lower().endswith(secret), f"{path}:{node.lineno} {left}"


def test_the_ground_is_what_the_table_says():
    """A new domain needs a place in the order before it can be imported."""
    domains = {path.parts[0] for path, _ in modules() if len(path.parts) > 1}
    assert domains - {"static", "translations"} <= set(ORDER)


@pytest.mark.parametrize("domain", ORDER)
def test_a_domain_stays_one_domain(domain):
    """More than a dozen capabilities is two domains (nouns with fixed names not counted)."""
    fixed = {"__init__", "models", "records", "rules", "policy", "events", "queries", "subscribers",
             "forms", "views", "commands", "sweeping"}  # fmt: skip
    names = {part(path) for path, _ in modules() if path.parts[0] == domain and len(path.parts) > 1}
    assert len(names - fixed) <= 20
