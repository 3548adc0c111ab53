"""The blueprint that every page group of topics hangs its views on."""

from flask import Blueprint

pages = Blueprint("topics", __name__)
