"""The pages of points, thanks, badges and helpers."""

from flask import Blueprint

pages = Blueprint("reputation", __name__)
