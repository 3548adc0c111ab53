"""The pages of notices, preferences, mail, hooks and feeds."""

from flask import Blueprint

pages = Blueprint("notifications", __name__)
