// The files of the map page and the styles as bytes inside the program (C23 `#embed`): a copied program has all it
// needs.
// A new file needs an array and a line in the table.

#include "CEmbedded.h"

#define TYPE_CSS "text/css; charset=utf-8"
#define TYPE_HTML "text/html; charset=utf-8"
#define TYPE_JAVASCRIPT "text/javascript; charset=utf-8"
#define TYPE_JSON "application/json"
#define TYPE_SVG "image/svg+xml"
#define FILE_AT(address, type, bytes) {address, type, bytes, sizeof bytes}

static const unsigned char indexPage[] = {
#embed "page/index.html"
};
static const unsigned char addressScript[] = {
#embed "page/address.js"
};
static const unsigned char cameraScript[] = {
#embed "page/camera.js"
};
static const unsigned char colorScript[] = {
#embed "page/color.js"
};
static const unsigned char controlsScript[] = {
#embed "page/controls.js"
};
static const unsigned char drawScript[] = {
#embed "page/draw.js"
};
static const unsigned char expressionScript[] = {
#embed "page/expression.js"
};
static const unsigned char filterScript[] = {
#embed "page/filter.js"
};
static const unsigned char furnitureScript[] = {
#embed "page/furniture.js"
};
static const unsigned char iconPicture[] = {
#embed "page/icon.svg"
};
static const unsigned char inspectScript[] = {
#embed "page/inspect.js"
};
static const unsigned char labelsScript[] = {
#embed "page/labels.js"
};
static const unsigned char linelabelsScript[] = {
#embed "page/linelabels.js"
};
static const unsigned char mainScript[] = {
#embed "page/main.js"
};
static const unsigned char mapSheet[] = {
#embed "page/map.css"
};
static const unsigned char problemsScript[] = {
#embed "page/problems.js"
};
static const unsigned char problempanelScript[] = {
#embed "page/problempanel.js"
};
static const unsigned char styleScript[] = {
#embed "page/style.js"
};
static const unsigned char textlayoutScript[] = {
#embed "page/textlayout.js"
};
static const unsigned char tilesScript[] = {
#embed "page/tiles.js"
};
static const unsigned char vectortileScript[] = {
#embed "page/vectortile.js"
};
static const unsigned char lightStyle[] = {
#embed "styles/light.json"
};

static const CEmbeddedFile files[] = {
    FILE_AT("/", TYPE_HTML, indexPage),
    FILE_AT("/map/address.js", TYPE_JAVASCRIPT, addressScript),
    FILE_AT("/map/camera.js", TYPE_JAVASCRIPT, cameraScript),
    FILE_AT("/map/color.js", TYPE_JAVASCRIPT, colorScript),
    FILE_AT("/map/controls.js", TYPE_JAVASCRIPT, controlsScript),
    FILE_AT("/map/draw.js", TYPE_JAVASCRIPT, drawScript),
    FILE_AT("/map/expression.js", TYPE_JAVASCRIPT, expressionScript),
    FILE_AT("/map/filter.js", TYPE_JAVASCRIPT, filterScript),
    FILE_AT("/map/furniture.js", TYPE_JAVASCRIPT, furnitureScript),
    FILE_AT("/map/icon.svg", TYPE_SVG, iconPicture),
    FILE_AT("/map/inspect.js", TYPE_JAVASCRIPT, inspectScript),
    FILE_AT("/map/labels.js", TYPE_JAVASCRIPT, labelsScript),
    FILE_AT("/map/linelabels.js", TYPE_JAVASCRIPT, linelabelsScript),
    FILE_AT("/map/main.js", TYPE_JAVASCRIPT, mainScript),
    FILE_AT("/map/map.css", TYPE_CSS, mapSheet),
    FILE_AT("/map/problempanel.js", TYPE_JAVASCRIPT, problempanelScript),
    FILE_AT("/map/problems.js", TYPE_JAVASCRIPT, problemsScript),
    FILE_AT("/map/style.js", TYPE_JAVASCRIPT, styleScript),
    FILE_AT("/map/textlayout.js", TYPE_JAVASCRIPT, textlayoutScript),
    FILE_AT("/map/tiles.js", TYPE_JAVASCRIPT, tilesScript),
    FILE_AT("/map/vectortile.js", TYPE_JAVASCRIPT, vectortileScript),
    FILE_AT("/styles/light.json", TYPE_JSON, lightStyle),
};

const CEmbeddedFile *const CEmbeddedFiles = files;
const size_t CEmbeddedFileCount = sizeof files / sizeof files[0];

static const unsigned char openMapTilesSchema[] = {
#embed "schemas/openmaptiles.yaml"
};
const CEmbeddedText CEmbeddedOpenMapTilesSchema = {openMapTilesSchema, sizeof openMapTilesSchema};
static const unsigned char shortbreadSchema[] = {
#embed "schemas/shortbread.yaml"
};
const CEmbeddedText CEmbeddedShortbreadSchema = {shortbreadSchema, sizeof shortbreadSchema};

static const unsigned char sampleExtract[] = {
#embed "sample.osm.pbf"
};
const unsigned char *const CEmbeddedSample = sampleExtract;
const size_t CEmbeddedSampleByteCount = sizeof sampleExtract;
