"""What GeoPandas, SedonaDB and prepared GEOS (shapely) take for a job of `bench overlay`: CPU of the measuring step, data in memory.

Usage: peers.py PEER A B, where A and B are files of shapes: for each the length of its WKB in 4 bytes, then the WKB.
Prints pairs, the sum of their areas, lengths or counts, and CPU seconds of all threads.
"""

import struct
import sys
import time

import geopandas
import shapely


def shapes(path):
    data = open(path, "rb").read()
    found, at = [], 0
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at)
        found.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    return shapely.from_wkb(found)


def frame(geometries, name):
    return geopandas.GeoDataFrame({name: range(len(geometries))}, geometry=geometries, crs=32632)


def geopandas_overlay(a, b):
    a, b = frame(a, "a"), frame(b, "b")
    start = time.process_time()
    areas = geopandas.overlay(a, b, how="intersection", keep_geom_type=True).area
    return (areas > 1e-6).sum(), areas.sum(), time.process_time() - start


def sedonadb_overlay(a, b):
    import sedonadb

    context = sedonadb.connect()
    context.create_data_frame(frame(a, "id")).to_view("a")
    context.create_data_frame(frame(b, "id")).to_view("b")
    query = """
        select count(*) as pairs, sum(area) as area from (
            select st_area(st_intersection(a.geometry, b.geometry)) as area
            from a join b on st_intersects(a.geometry, b.geometry)
        ) as t where area > 1e-6"""
    start = time.process_time()
    answer = context.sql(query).to_pandas()
    return answer["pairs"][0], answer["area"][0], time.process_time() - start


def geos_lines(a, b):
    start = time.process_time()
    polygons, lines = shapely.STRtree(a).query(b, predicate="intersects")
    shapely.prepare(b)
    inside = shapely.contains_properly(b[polygons], a[lines])
    lengths = shapely.length(a[lines])
    lengths[~inside] = shapely.length(shapely.intersection(a[lines[~inside]], b[polygons[~inside]]))
    return (lengths > 0).sum(), lengths.sum(), time.process_time() - start


def geos_points(a, b):
    start = time.process_time()
    found = shapely.STRtree(a).query(b, predicate="contains")
    return found.shape[1], found.shape[1], time.process_time() - start


peers = {
    "GeoPandas": geopandas_overlay,
    "SedonaDB": sedonadb_overlay,
    "GEOS lines": geos_lines,
    "GEOS points": geos_points,
}
print(*peers[sys.argv[1]](shapes(sys.argv[2]), shapes(sys.argv[3])))
