"""T47: what the server logs when something fails holds no text that somebody typed."""

import io
import logging
from functools import wraps
from importlib import import_module

import pytest
from flask import request
from gunicorn.config import Config
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from midtlink import logs
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Site

CANARY, CPR = "kanariefugl på stue 4", "010190-1234"


@pytest.fixture
def log():
    """What is written to standard error."""
    written, logger = io.StringIO(), logging.getLogger("midtlink")
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Discreet(logs.FORMAT))
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


@pytest.fixture
def full(app):
    """A database that takes no more posts."""
    _run("CREATE TRIGGER full BEFORE INSERT ON posts BEGIN SELECT raise(ABORT, 'full'); END")
    yield
    _run("DROP TRIGGER full")


def _run(statement):
    with db.engine.begin() as connection:
        connection.execute(text(statement))


def test_t47_database_that_refuses_a_text_does_not_write_it_down(visit, cast, log, full):
    page = visit.post("/spoerg", as_=cast.anne, status=503, title=f"Hvor er {CANARY}?", body=CANARY)
    assert CANARY in page.html
    assert "IntegrityError" in log.getvalue() and "INSERT" not in log.getvalue()
    assert CANARY not in log.getvalue()


def test_t47_fault_of_our_own_keeps_the_text_and_does_not_write_it_down(
    visit, cast, log, app, monkeypatch
):
    @wraps(app.view_functions["questions.ask_question"])
    def broken():
        return {}[request.form["body"]]

    monkeypatch.setitem(app.view_functions, "questions.ask_question", broken)
    page = visit.post("/spoerg", as_=cast.anne, status=500, title="Hvor er den?", body=CANARY)
    assert "Noget gik galt hos os" in page.text and CANARY in page.html
    assert "unexpected KeyError" in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.both_databases
def test_t47_no_error_of_the_database_carries_the_row(app, log):
    def twice():
        db.session.add_all([Site(name=CANARY), Site(name=CANARY)])

    with pytest.raises(DBAPIError) as refused:
        in_transaction(twice)
    assert CANARY not in str(refused.value).partition("DETAIL")[0]
    logging.getLogger("midtlink").error("refused", exc_info=refused.value)
    assert "IntegrityError" in log.getvalue() and CANARY not in log.getvalue()


def test_t47_nothing_is_logged_with_a_cpr_number(log):
    try:
        int(CPR)
    except ValueError:
        logging.getLogger("midtlink").exception("cannot read %s", CPR)
    assert "ValueError" in log.getvalue() and "test_logs.py" in log.getvalue()
    assert CPR not in log.getvalue()


def test_every_process_logs_like_this(monkeypatch):
    monkeypatch.setattr(logging.root, "handlers", [])
    logs.set_up()
    (handler,) = logging.root.handlers
    assert isinstance(handler.formatter, logs.Discreet)


@pytest.fixture
def server(monkeypatch, tmp_path):
    """The web server's configuration, which reads its folder from the environment."""
    monkeypatch.setenv("MIDTLINK_LOGS", str(tmp_path))
    return import_module("midtlink.server")


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/p/010190-1234", "/p/XXXXXX-XXXX"),
        ("/p/０１０１９０-１２３４", "/p/XXXXXX-XXXX"),
        ("/tag/ole-hansen", "/tag/…"),
        ("/tag/ole-hansen/sammenlaegning", "/tag/…/sammenlaegning"),
        ("/q/12/hvor-er-ole-hansen", "/q/12/…"),
        ("//q//12//hvor-er-ole", "//q//12//…"),
        ("/q/12/", "/q/12/"),
        ("/adgang/secret", "/adgang/…"),
        ("//adgang//secret", "//adgang//…"),
        ("/feed/secret/tag/ole-hansen.xml", "/feed/…"),
        ("/feed/secret/ubesvarede.xml", "/feed/…"),
        ("//afmeld//secret", "//afmeld//…"),
        ("/adgang/se\ncret", "/adgang/…"),
        ("/x\n[21/Nov/2026] 200 GET /mig", "/x�[21/Nov/2026] 200 GET /mig"),
        ("/x\x1b[2J\u2028", "/x�[2J�"),
        ("/emner/æøå", "/emner/æøå"),
    ],
)
def test_t47_path_is_logged_on_one_line_without_its_secrets(server, path, logged):
    assert server.loggable(path.encode().decode("latin-1")) == logged


def test_t47_server_that_refuses_a_request_does_not_write_down_its_number(server, capsys):
    logger = server.PathLogger(Config())
    logger.warning("Invalid request from ip=%s: %s", "127.0.0.1", f"Invalid line: 'GET /q={CPR}'")
    written = capsys.readouterr().err
    assert "Invalid line" in written and CPR not in written
