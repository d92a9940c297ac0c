// What a template may hold: nothing that runs, nothing from elsewhere, nothing without measure.
#pragma once
#include "platform/papers/drawing.h"
#include "platform/papers/papers.h"

namespace tiendo::papers {

// Collects refusals; more than twenty tell nobody anything new.
class Complaints {
 public:
    void add(const Node& at, std::string message, std::vector<std::string> arguments = {});
    void add(std::string place, std::string message, std::vector<std::string> arguments = {});
    bool any() const { return !refusals_.empty(); }
    const Refusals& refusals() const { return refusals_; }

 private:
    Refusals refusals_;
};

struct PageSize {
    double width_mm = 0, height_mm = 0;
    double width = 0, height = 0;  // in units of the viewBox
};

// Elements, attributes, what they point at, pictures, the number of what is drawn.
void judge_content(const Node& root, const Limits& limits, Complaints& complaints);

// Width and height in mm, cm, in, pt, pc or px; leaves the drawing with a viewBox only.
PageSize judge_page(Node& root, const Limits& limits, Complaints& complaints);

}  // namespace tiendo::papers
