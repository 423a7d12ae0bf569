"""Opens the portal in QGIS and prints, as JSON, what QGIS makes of it. Run by the system's Python, which has QGIS.

    qgis_layers.py features URL COLLECTION [WEST SOUTH EAST NORTH]
    qgis_layers.py tiles TEMPLATE MIN_ZOOM MAX_ZOOM WEST SOUTH EAST NORTH PICTURE
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def features(url, collection, *bbox):
    """The layer as QGIS reads it; with a box, only what lies in it."""
    layer = QgsVectorLayer(f"url='{url}' typename='{collection}' restrictToRequestBBOX='{int(bool(bbox))}'", collection, "OAPIF")
    if not layer.isValid():
        return {"valid": False, "error": layer.error().message()}
    request = QgsFeatureRequest()
    if bbox:
        request.setFilterRect(QgsRectangle(*map(float, bbox)))
    found = list(layer.getFeatures(request))
    return {
        "valid": True,
        "crs": layer.crs().authid(),
        "count": layer.featureCount(),
        "fields": {field.name(): field.typeName() for field in layer.fields()},
        "numbers": [feature.id() for feature in found],
        "values": [plain(feature.attributes()) for feature in found],
        "places": sum(feature.hasGeometry() and not feature.geometry().isEmpty() for feature in found),
        "faults": layer.dataProvider().errors(),
    }


def plain(values):
    """QGIS's values as JSON has them."""
    return [value if isinstance(value, (str, int, float, list)) or value is None else str(value) for value in values]


def tiles(template, min_zoom, max_zoom, west, south, east, north, picture):
    """The vector tiles as QGIS draws them: how much of the picture is not background."""
    layer = QgsVectorTileLayer(f"type=xyz&url={template}&zmin={min_zoom}&zmax={max_zoom}", "tiles")
    if not layer.isValid():
        return {"valid": False, "error": layer.error().message()}
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), mercator, QgsProject.instance())
    settings = QgsMapSettings()
    settings.setDestinationCrs(mercator)
    settings.setExtent(transform.transformBoundingBox(QgsRectangle(*map(float, (west, south, east, north)))))
    settings.setOutputSize(QSize(512, 512))
    settings.setBackgroundColor(QColor("white"))
    settings.setLayers([layer])
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    drawn = sum(image.pixelColor(x, y) != QColor("white") for x in range(0, 512, 4) for y in range(0, 512, 4))
    shown = settings.visibleExtent()
    return {
        "valid": True,
        "drawn_share": drawn / 128**2,
        "shown": [shown.xMinimum(), shown.yMinimum(), shown.xMaximum(), shown.yMaximum()],
        "faults": [str(error.message) for error in job.errors()],
    }


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    told = {"features": features, "tiles": tiles}[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(told))
    application.exitQgis()
