"""A vector tile taken apart by Mapbox's own schema, as far as the rules of the specification (2.1) reach."""

from mapbox_vector_tile.Mapbox import vector_tile_pb2
from shapely.geometry import Polygon

MOVE, LINE, CLOSE = 1, 2, 7
POINT, LINESTRING, POLYGON = 1, 2, 3


def layers(body):
    """The layers of a tile."""
    tile = vector_tile_pb2.tile()
    tile.ParseFromString(body)
    return tile.layers


def properties(layer, feature):
    """The attributes of a feature."""
    pairs = zip(feature.tags[::2], feature.tags[1::2], strict=True)
    return {layer.keys[key]: value_of(layer.values[value]) for key, value in pairs}


def value_of(value):
    """The one value that is set."""
    ((_, content),) = value.ListFields()
    return content


def parts(feature):
    """The parts of a geometry, each with the commands that drew it: [(commands, positions)]."""
    numbers, at, x, y, found = list(feature.geometry), 0, 0, 0, []
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        assert count > 0, "a command that is done no times"
        if command == CLOSE:
            assert count == 1 and found
            found[-1][0].append(CLOSE)
            continue
        assert command in (MOVE, LINE), f"unknown command {command}"
        for _ in range(count):
            x, y = x + unzigzag(numbers[at]), y + unzigzag(numbers[at + 1])
            at += 2
            if command == MOVE:
                found.append(([MOVE], [(x, y)]))
            else:
                found[-1][0].append(LINE)
                found[-1][1].append((x, y))
    return found


def unzigzag(number):
    return (number >> 1) ^ -(number & 1)


def check_geometry(feature, extent, buffer):
    """Every rule of the specification about the geometry of a feature; gives its polygons."""
    drawn = parts(feature)
    assert drawn, "a feature without geometry"
    for _, positions in drawn:
        for position in positions:
            assert all(-buffer <= number <= extent + buffer for number in position), position
    if feature.type == POINT:
        assert all(commands == [MOVE] for commands, _ in drawn)
    elif feature.type == LINESTRING:
        for commands, positions in drawn:
            assert set(commands[1:]) == {LINE}
            check_no_standstill(positions)
    else:
        assert feature.type == POLYGON, f"unknown geometry {feature.type}"
        return polygons(drawn)
    return []


def check_no_standstill(positions):
    assert all(one != other for one, other in zip(positions, positions[1:], strict=False)), "a step of no length"


def polygons(drawn):
    """The polygons of the rings: one that turns clockwise on the screen begins a polygon, the others are its holes."""
    rings = []
    for commands, positions in drawn:
        assert commands[-1] == CLOSE and set(commands[1:-1]) == {LINE} and len(positions) >= 3, commands
        check_no_standstill([*positions, positions[0]])
        doubled = sum(x * v - u * y for (x, y), (u, v) in zip(positions, [*positions[1:], positions[0]], strict=True))
        assert doubled, "a ring without area"
        if doubled > 0:
            rings.append((positions, []))
        else:
            assert rings, "a hole before any polygon"
            rings[-1][1].append(positions)
    return [Polygon(shell, holes) for shell, holes in rings]
