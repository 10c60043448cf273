"""The national map: every seat once, no gap, no sliver, light."""

import gzip
from collections import Counter
from typing import Any

import pytest
import shapely

from maillage.territories.services.pictures import layouts, sheet, strokes, svg
from maillage.territories.services.pictures.coverage import Fabric
from maillage.territories.services.pictures.layouts import automatic
from tests.backend.territories.drawings import panel, polygon, real_outlines, rings

ABROAD = [sheet.Seat(code=f"99{number:02}", name=f"Hors de France - {number}e", parent="99", number=number) for number in range(1, 12)]


@pytest.fixture(scope="module")
def france() -> dict[str, Any]:
    fabric, seats = real_outlines("fr_constituencies.geojson", parent="dept_code")
    layout = layouts.known(country="FR", kind="constituency")
    assert layout
    return sheet.drawn(layout=layout, fabric=fabric, seats=seats + ABROAD)


CITIES = ("paris", "lille", "lyon", "marseille", "strasbourg", "nice", "montpellier", "toulouse", "bordeaux")


def drawn_codes(drawing: dict[str, Any]) -> Counter[str]:
    return Counter(code for each in drawing["panels"] for code, *_, twin in each["seats"] if not twin)


def assert_tight(drawing: dict[str, Any], key: str, *, gaps: float = 1e-4) -> None:
    """Neighbours leave no gap between them and do not lie on each other: what rounding makes touch is at most a hair."""
    cells = [polygon(seat[3]) for seat in panel(drawing, key)["seats"]]
    together = shapely.union_all(cells)
    assert sum(cell.area for cell in cells) == pytest.approx(together.area, rel=2e-3)
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(together) for ring in part.interiors]
    thin = [hole for hole in holes if hole.buffer(-1).is_empty]  # what is wider is a lagoon or a loch
    assert sum(hole.area for hole in thin) < gaps * together.area


def test_france_has_577_seats_each_once_and_11_of_them_as_tiles(france: dict[str, Any]) -> None:
    codes = drawn_codes(france)
    assert len(codes) == 577
    assert set(codes.values()) == {1}
    tiles = panel(france, "abroad")
    assert [seat[6] for seat in tiles["seats"]] == [str(number) for number in range(1, 12)]
    assert len(codes) - len(tiles["seats"]) == 566


def test_france_weighs_what_a_first_paint_can_carry(france: dict[str, Any]) -> None:
    file = svg.written(sheet=france, title="FR", attribution="© OpenStreetMap").encode()
    assert 24_000 < len(gzip.compress(file, 9)) <= 44_000


def test_neighbours_share_their_border_to_the_last_point(france: dict[str, Any]) -> None:
    assert_tight(france, "main")
    assert_tight(france, "paris")
    owners: dict[tuple[int, int], set[str]] = {}
    for seat in panel(france, "main")["seats"]:
        for ring in rings(seat[3]):
            for point in ring:
                owners.setdefault(point, set()).add(seat[0])
    touching = {code for codes in owners.values() if len(codes) > 1 for code in codes}
    assert {seat[0] for seat in panel(france, "main")["seats"]} - touching == set()


def test_seats_too_small_to_hit_are_enlarged_and_stay_as_twins(france: dict[str, Any]) -> None:
    twins = {seat[0] for seat in panel(france, "main")["seats"] if seat[7]}
    enlarged = {seat[0] for key in CITIES for seat in panel(france, key)["seats"]}
    assert twins == enlarged
    assert len(panel(france, "paris")["seats"]) == 54
    for key in CITIES:
        for seat in panel(france, key)["seats"]:
            assert polygon(seat[3]).area > 12, f"{seat[0]} in {key}"


def test_the_seats_of_a_city_are_wider_in_its_inset(france: dict[str, Any]) -> None:
    """A finger's or a pointer's target: at a desk, where the sheet is some 700 pixels wide, none is a sliver of 2 or 3."""
    pixels = 700 / (france["width"] * sheet.UNITS)
    for key in ("strasbourg", "nice", "montpellier", "toulouse", "bordeaux"):
        for code, _name, _parent, d, *_ in panel(france, key)["seats"]:
            west, north, east, south = polygon(d).bounds
            assert min(east - west, south - north) * pixels >= 8, f"{code} in {key}"


def test_corsica_lies_in_its_sea_and_the_islands_are_kept(france: dict[str, Any]) -> None:
    main = panel(france, "main")
    corsica = shapely.union_all([polygon(seat[3]) for seat in main["seats"] if seat[0].startswith(("2A", "2B"))])
    west, _north, _east, south = corsica.bounds
    width, height = main["units"]
    assert west > 0.88 * width
    assert south > 0.98 * height
    assert len(shapely.get_parts(polygon(next(seat[3] for seat in main["seats"] if seat[0] == "1702")))) > 1  # Oléron or Aix


def test_knots_lie_inside_their_seats_and_inside_the_view(france: dict[str, Any]) -> None:
    for each in france["panels"]:
        across, down = each["units"]
        for code, _, _, d, x, y, _, twin in each["seats"]:
            assert 0 <= x <= across, code
            assert 0 <= y <= down, code
            if not twin:
                assert polygon(d).distance(shapely.Point(x, y)) <= 1.5, code


def test_lines_between_departments_run_along_seats(france: dict[str, Any]) -> None:
    main = panel(france, "main")
    points = {point for seat in main["seats"] for ring in rings(seat[3]) for point in ring}
    runs = rings(main["borders"])
    assert len(runs) > 90
    ends = [point for run in runs for point in (run[0], run[-1])]
    assert sum(end in points for end in ends) / len(ends) > 0.97


def test_no_panel_lies_on_another_or_leaves_the_sheet(france: dict[str, Any]) -> None:
    boxes = {
        each["key"]: shapely.box(each["left"], each["top"], each["left"] + each["width"], each["top"] + each["height"])
        for each in france["panels"]
        if each["key"] != "main"
    }
    keys = sorted(boxes)
    assert not [(one, other) for one in keys for other in keys if one < other and boxes[one].intersects(boxes[other])]
    main = panel(france, "main")
    scale = main["width"] / main["units"][0]
    land = shapely.union_all([polygon(seat[3]) for seat in main["seats"]])
    placed = shapely.transform(land, lambda points: points * scale + (main["left"], main["top"]))
    assert [key for key, box in boxes.items() if box.intersects(placed)] == []
    whole = shapely.box(0, 0, france["width"], france["height"])
    assert [key for key, box in boxes.items() if not whole.covers(box)] == []
    assert whole.covers(placed.buffer(-0.5))
    # So with the labels, as wide as their letters are at a desk (a letter of the narrow face: some 8 units).
    labels = {each["key"]: label_box(each) for each in france["panels"] if each["labels"]}
    assert [key for key, label in labels.items() if label.intersects(placed) or not whole.covers(label)] == []
    assert not [(one, other) for one, label in labels.items() for other in keys if one != other and label.intersects(boxes[other])]
    assert not [(one, other) for one in labels for other in labels if one < other and labels[one].intersects(labels[other])]


def label_box(each: dict[str, Any]) -> shapely.Geometry:
    """Where a label's letters fall on the sheet: above or below the drawing's left edge, or before a row."""
    wide, high = 8 * max(map(len, each["labels"].values())), 18
    left, top = each["left"], each["top"]
    if each["label_at"] == "left":
        middle = top + each["height"] / 2
        return shapely.box(left - 12 - wide, middle - high / 2, left - 12, middle + high / 2)
    top = top - 5 - high if each["label_at"] == "above" else top + each["height"] + 5
    return shapely.box(left, top, left + wide, top + high)


@pytest.mark.parametrize(
    ("file", "parent", "count"), [("uk_constituencies_2024.geojson", "nation", 650), ("us_congressional_districts.geojson", "state", 441)]
)
def test_a_country_that_nobody_laid_out_comes_out_whole(file: str, parent: str, count: int) -> None:
    fabric, seats = real_outlines(file, parent=parent)
    layout = automatic.composed(fabric=fabric, parent_names={}, seat_names={seat.code: seat.name for seat in seats})
    drawing = sheet.drawn(layout=layout, fabric=fabric, seats=seats)
    codes = drawn_codes(drawing)
    assert len(codes) == count
    assert set(codes.values()) == {1}
    assert len(gzip.compress(svg.written(sheet=drawing).encode(), 9)) <= 50_000
    for each in drawing["panels"]:
        assert 0 <= each["left"] < each["left"] + each["width"] <= 1000.5
        assert all(seat[3] for seat in each["seats"])
    main = panel(drawing, "main")
    assert len(main["seats"]) > 0.9 * count
    assert_tight(drawing, "main", gaps=3e-4)  # the Thames and some lochs are holes in the source


def test_hawaii_and_alaska_are_insets_and_london_is_enlarged() -> None:
    fabric, seats = real_outlines("us_congressional_districts.geojson", parent="state")
    layout = automatic.composed(fabric=fabric, parent_names={"AK": "Alaska", "HI": "Hawaii"}, seat_names={})
    named = {inset.labels.get("*"): inset for inset in layout.insets}
    assert named["Alaska"].codes == ("AK-0",)
    assert len(named["Hawaii"].codes) == 2
    fabric, seats = real_outlines("uk_constituencies_2024.geojson", parent="nation")
    names = {seat.name: seat.code for seat in seats}
    layout = automatic.composed(fabric=fabric, parent_names={}, seat_names={})
    london = next(inset for inset in layout.insets if names["Cities of London and Westminster"] in inset.codes)
    assert london.enlarges == "main"
    assert len(london.codes) > 50


def test_two_squares_are_drawn_with_the_fewest_signs() -> None:
    square = [(0, 0), (5, 0), (10, 0), (10, 10), (0, 10)]
    assert strokes.path([square, [(20, -3), (22, -3), (20, -1)]], closed=True) == "M0 0l10 0 0 10-10 0zm20-3l2 0-2 2z"
    assert rings("M0 0l10 0 0 10-10 0zm20-3l2 0-2 2z") == [[(0, 0), (10, 0), (10, 10), (0, 10)], [(20, -3), (22, -3), (20, -1)]]


def test_needles_go_and_points_where_a_neighbour_ends_stay() -> None:
    assert strokes.without_spikes([(0, 0), (4, 0), (4, 0), (9, 9), (4, 0), (4, 4)]) == [(0, 0), (4, 0), (4, 4)]
    assert strokes.without_spikes([(0, 0), (2, 0), (4, 0), (4, 4)]) == [(0, 0), (2, 0), (4, 0), (4, 4)]
    assert strokes.without_spikes([(0, 0), (1, 1), (0, 0)]) == []


def test_the_line_between_two_parents_is_one_run() -> None:
    left = [[(0, 0), (2, 0), (2, 2), (2, 4), (0, 4)]]
    right = [[(2, 0), (4, 0), (4, 4), (2, 4), (2, 2)]]
    assert strokes.borders([left, right], ["a", "b"]) in ([[(2, 0), (2, 2), (2, 4)]], [[(2, 4), (2, 2), (2, 0)]])
    assert strokes.borders([left, right], ["a", "a"]) == []


def test_slivers_at_the_source_are_closed() -> None:
    one = shapely.box(0, 0, 1, 1)
    other = shapely.Polygon([(1.00005, 0), (2, 0), (2, 1), (0.99995, 1)])
    fabric = Fabric.woven(codes=["b", "a"], parents=["", ""], shapes=[other, one])
    assert fabric.codes.tolist() == ["a", "b"]
    assert shapely.coverage_is_valid(fabric.shapes)
    assert shapely.union_all(fabric.shapes).geom_type == "Polygon"


def test_a_seat_smaller_than_the_grid_is_still_drawn() -> None:
    grid = strokes.Grid(left=0, top=0, scale=1)
    assert grid.outline(shapely.box(3.1, 3.1, 3.2, 3.2)) == [[(3, 3), (4, 3), (4, 4), (3, 4)]]
