"""The command line: what looks for patient data, and what it says where it cannot start."""

import os
import subprocess
import sys


def check(*arguments, **options):
    command = [sys.executable, "-m", "midtlink", "privacy", "check", *arguments]
    return subprocess.run(command, capture_output=True, **options)


def test_it_prints_the_lines_with_a_find(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_bytes("ingen\r\nCPR 010190-1234\r\nfå\nog 0101901234\n".encode())
    ended = check(str(file))
    assert ended.stdout == b"2\n4\n"
    assert ended.returncode == 0


def test_it_reads_what_is_piped_in_any_encoding():
    ended = check("-", input="æøå 010190-1234\nren".encode("cp1252"))
    assert ended.stdout == b"1\n"


def test_a_clean_text_prints_nothing_and_ends_well():
    ended = check("-", input=b"")
    assert (ended.stdout, ended.returncode) == (b"", 0)


def test_a_missing_file_is_a_failure(tmp_path):
    ended = check(str(tmp_path / "missing"))
    assert ended.returncode != 0
    assert ended.stdout == b""


def test_a_database_without_tables_is_one_line(tmp_path):
    command = [sys.executable, "-m", "midtlink", "settings", "list"]
    here = os.environ | {"MIDTLINK_INSTANCE": str(tmp_path)}
    ended = subprocess.run(command, capture_output=True, env=here, text=True)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "midtlink db upgrade" in ended.stderr
    assert ended.stderr.count("\n") == 1
