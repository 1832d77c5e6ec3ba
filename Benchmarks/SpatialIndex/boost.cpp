// The same boxes and windows as main.swift, in the packed R-tree of Boost.Geometry.
//   g++ -O3 -march=native -o boost boost.cpp && ./boost [BOXES] [WINDOWS]
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <utility>
#include <vector>

namespace bg = boost::geometry;
using Point = bg::model::point<double, 2, bg::cs::cartesian>;
using Box = bg::model::box<Point>;
using Entry = std::pair<Box, uint32_t>;

static uint64_t state = 42;

static double unit() {
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return double((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double cpu() { return double(std::clock()) / CLOCKS_PER_SEC; }

// The grid of main.swift.
static double grid(double value) { return double(uint32_t(value * 2147483648.0)); }

int main(int argc, char **argv) {
    const uint32_t boxes = argc > 1 ? uint32_t(std::atoll(argv[1])) : 1000000;
    const int windows = argc > 2 ? std::atoi(argv[2]) : 10000;
    std::vector<Entry> entries;
    entries.reserve(boxes);
    for (uint32_t i = 0; i < boxes; i++) {
        double x = unit(), y = unit(), w = unit(), h = unit();
        entries.emplace_back(Box(Point(grid(x), grid(y)), Point(grid(x + w * 0.001), grid(y + h * 0.001))), i);
    }
    std::vector<Box> questions;
    for (int i = 0; i < windows; i++) {
        double x = unit() * 0.99, y = unit() * 0.99;
        questions.emplace_back(Point(grid(x), grid(y)), Point(grid(x + 0.01), grid(y + 0.01)));
    }
    double start = cpu();
    bg::index::rtree<Entry, bg::index::linear<16>> tree(entries.begin(), entries.end());
    double built = cpu();
    size_t hits = 0;
    std::vector<Entry> found;
    for (const Box &question : questions) {
        found.clear();
        tree.query(bg::index::intersects(question), std::back_inserter(found));
        hits += found.size();
    }
    double done = cpu();
    std::printf("{\"engine\": \"boost %d\", \"build_s\": %g, \"us_per_query\": %g, \"hits\": %zu}\n", BOOST_VERSION,
                built - start, (done - built) * 1e6 / windows, hits);
}
