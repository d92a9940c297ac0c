#include "platform/papers/papers.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>

#include "platform/papers/content.h"

namespace tiendo::papers {
namespace {

// Draws a template at its longest once: what librsvg refuses, it refuses now.
void try_out(const Template::Content& content, const Node& root, Complaints& complaints) {
    Values longest;
    for (const Field& field : content.fields) longest[field.name] = field.longest;
    const auto drawing = filled_drawing(content, longest);
    if (drawing.refused()) {
        for (const Refusal& refusal : drawing.refusals())
            complaints.add(root, "papers.not_drawn", {refusal.message});
        return;
    }
    const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 200, 200), &cairo_surface_destroy);
    const std::unique_ptr<cairo_t, void (*)(cairo_t*)> onto(cairo_create(surface.get()), &cairo_destroy);
    for (const std::string& each : {content.backdrop, *drawing})
        if (!each.empty()) Picture(each).draw(onto.get(), {0, 0, 200, 200});
}

}  // namespace

Outcome<Template> Template::read(std::string_view svg, std::span<const Field> fields, const Limits& limits) {
    if (svg.size() > limits.bytes) {
        const auto megabytes = [](std::size_t bytes) {
            return std::to_string((bytes + 999'999) / 1'000'000);
        };
        return Refusal{"", "papers.too_large", {"", megabytes(svg.size()), megabytes(limits.bytes)}};
    }
    Outcome<Node> root = read_drawing(svg);
    if (root.refused()) return root.refusals();
    Complaints complaints;
    judge_content(*root, limits, complaints);
    const PageSize page = judge_page(*root, limits, complaints);
    if (complaints.any()) return complaints.refusals();
    std::shared_ptr<Content> content;
    try {
        content = std::make_shared<Content>(take_apart(*root, page, fields, complaints));
        if (!complaints.any()) try_out(*content, *root, complaints);
    } catch (const NotDrawn& trouble) {
        complaints.add(*root, "papers.not_drawn", {trouble.why});
    }
    if (complaints.any()) return complaints.refusals();
    return Template(std::move(content));
}

int Template::width_mm() const { return static_cast<int>(std::lround(content_->page.width_mm)); }
int Template::height_mm() const { return static_cast<int>(std::lround(content_->page.height_mm)); }
const std::vector<std::string>& Template::fields() const { return content_->shown; }

Values Template::longest() const {
    Values values;
    for (const Field& field : content_->fields) values[field.name] = field.longest;
    return values;
}

}  // namespace tiendo::papers
