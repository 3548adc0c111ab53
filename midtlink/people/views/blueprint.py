"""The blueprint that every page group of people hangs its views on."""

from flask import Blueprint

pages = Blueprint("people", __name__)
