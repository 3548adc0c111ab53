"""A phone, and a ward PC at 150 % zoom: what is mine and what is down is not far below."""

import pytest

from tests.browser.parts import ADMINISTRATOR, NURSE

PHONE = {"width": 360, "height": 640}
WARD_PC = {"width": 853, "height": 683}


def box(page, selector):
    """The place of the first element that a selector finds."""
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("part", [NURSE, ADMINISTRATOR])
def test_places_take_one_row_on_a_phone(page_of, part):
    page = page_of(part)
    page.set_viewport_size(PHONE)
    page.goto("/")

    tops = page.locator(".places a").evaluate_all("all => all.map((link) => link.offsetTop)")
    assert len(tops) >= 4
    assert len(set(tops)) == 1


def test_place_one_is_at_is_in_sight_on_a_phone(page_of):
    page = page_of(ADMINISTRATOR)
    page.set_viewport_size(PHONE)
    page.goto("/administration")

    here = box(page, ".places [aria-current]")
    assert here["x"] + here["width"] <= PHONE["width"]


def test_cards_stand_beside_the_list_on_a_ward_pc(page_of):
    page = page_of(NURSE)
    page.set_viewport_size(WARD_PC)
    page.goto("/")

    assert box(page, "#mine")["y"] < WARD_PC["height"] / 2
    assert not page.locator(".above-list").is_visible()


def test_trouble_stands_above_the_list_on_a_phone(page_of):
    page = page_of(NURSE)
    page.set_viewport_size(PHONE)
    page.goto("/")

    trouble = page.locator(".above-list .banner")
    assert "Print og scan" in trouble.inner_text()
    assert trouble.bounding_box()["y"] < box(page, ".question-list")["y"]


def test_lost_colleague_can_search_and_sign_out(page_of):
    page = page_of(NURSE)
    page.goto("/findes-ikke")

    assert page.locator(".search-field").is_visible()
    assert page.locator(".log-out").is_visible()


def test_support_phone_stands_above_the_list_on_a_phone(page_of):
    page = page_of(NURSE)
    page.set_viewport_size(PHONE)
    page.goto("/system/epj")

    assert box(page, "main a[href^='tel:']")["y"] < box(page, ".question-list")["y"]
