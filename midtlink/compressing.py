"""Compressed pages: a first page stays below 100 KB, also with twenty questions on it.

A page holds a secret (its form token) beside words from the address, so its compressed length
could tell the secret bit by bit (the BREACH attack). As in "Heal the BREACH" (Palacios et al.,
2022), each answer gets a file name of random length in its gzip header, which hides the length.
"""

import gzip
import io
import secrets

from flask import Flask, Response, request

SMALLEST = 1_000
LEVEL = 5
LONGEST_NAME = 100


def compress_page(response: Response) -> Response:
    """Compress an HTML page for a browser that can read it."""
    if (
        response.mimetype != "text/html"
        or response.is_streamed
        or "Content-Encoding" in response.headers
    ):
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    if request.accept_encodings["gzip"] > 0 and len(content) >= SMALLEST:
        response.set_data(compressed(content))
        response.headers["Content-Encoding"] = "gzip"
    return response


def compressed(content: bytes) -> bytes:
    """Return the content as gzip, of a length that differs from time to time."""
    name = "a" * (1 + secrets.randbelow(LONGEST_NAME))
    whole = io.BytesIO()
    with gzip.GzipFile(name, "wb", LEVEL, whole, mtime=0) as file:
        file.write(content)
    return whole.getvalue()


def init_app(app: Flask) -> None:
    """Compress every page on its way out."""
    app.after_request(compress_page)
