"""The pages of the search: what is found, what was not, and which words mean the same."""

from midtlink.search.views import finding, opening, saving, sparing, suggesting, synonyms, unfound
from midtlink.search.views.blueprint import pages

__all__ = ["finding", "opening", "pages", "saving", "sparing", "suggesting", "synonyms", "unfound"]
