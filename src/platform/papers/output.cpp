// Filled templates as PDF, and as a picture.
#include <cairo-pdf.h>
#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <stdexcept>

#include "platform/papers/content.h"
#include "platform/papers/papers.h"

namespace tiendo::papers {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;
using Pen = std::unique_ptr<cairo_t, void (*)(cairo_t*)>;

constexpr double points_per_mm = 72 / 25.4;

// cairo is C: what a sink throws must not pass through it, and waits here.
struct Stream {
    Sink sink;
    std::exception_ptr thrown;
};

cairo_status_t on_bytes(void* closure, const unsigned char* bytes, unsigned int size) {
    Stream& stream = *static_cast<Stream*>(closure);
    if (stream.thrown) return CAIRO_STATUS_WRITE_ERROR;
    try {
        stream.sink({reinterpret_cast<const char*>(bytes), size});
    } catch (...) {
        stream.thrown = std::current_exception();
        return CAIRO_STATUS_WRITE_ERROR;
    }
    return CAIRO_STATUS_SUCCESS;
}

void require(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
}

Box points_of(const PageSize& page) {
    return {0, 0, page.width_mm * points_per_mm, page.height_mm * points_per_mm};
}

// The backdrop drawn once; a page that shows it says so, and the file holds it once.
Surface recorded(const Template::Content& content) {
    const Box page = points_of(content.page);
    const cairo_rectangle_t extents{0, 0, page.width, page.height};
    Surface surface(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents),
                    &cairo_surface_destroy);
    const Pen pen(cairo_create(surface.get()), &cairo_destroy);
    Picture(content.backdrop).draw(pen.get(), page);
    require(cairo_status(pen.get()));
    return surface;
}

}  // namespace

struct PdfWriter::State {
    Stream stream;
    Surface surface{nullptr, &cairo_surface_destroy};
    Pen pen{nullptr, &cairo_destroy};
    // Of the template drawn last: one file seldom has two.
    std::shared_ptr<const Template> backdrop_of;
    Surface backdrop{nullptr, &cairo_surface_destroy};
    int pages = 0;
    bool finished = false;

    void check() {
        if (stream.thrown) std::rethrow_exception(stream.thrown);
        require(cairo_surface_status(surface.get()));
        if (pen) require(cairo_status(pen.get()));
    }
};

PdfWriter::PdfWriter(Sink sink, const Description& description) : state_(std::make_unique<State>()) {
    state_->stream.sink = std::move(sink);
    state_->surface.reset(cairo_pdf_surface_create_for_stream(&on_bytes, &state_->stream, 595, 842));
    cairo_surface_t* surface = state_->surface.get();
    const auto say = [&](cairo_pdf_metadata_t what, const std::string& text) {
        if (!text.empty()) cairo_pdf_surface_set_metadata(surface, what, text.c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, description.title);
    say(CAIRO_PDF_METADATA_AUTHOR, description.author);
    say(CAIRO_PDF_METADATA_SUBJECT, description.subject);
    say(CAIRO_PDF_METADATA_CREATOR, "Tiến Độ");
    // Left alone, cairo writes the clock's time, and the same certificate never has the same hash.
    say(CAIRO_PDF_METADATA_CREATE_DATE,
        description.created.empty() ? "1970-01-01T00:00:00Z" : description.created);
    state_->check();
    state_->pen.reset(cairo_create(surface));
}

PdfWriter::~PdfWriter() {
    // cairo writes what is left when it lets go of a surface; nobody wants that any more.
    if (!state_->finished) state_->stream.sink = [](std::string_view) {};
}

int PdfWriter::pages() const { return state_->pages; }

Outcome<Done> PdfWriter::add(const Template& paper, const Values& values) {
    if (state_->finished) throw std::logic_error("a page for a PDF that is finished");
    const Template::Content& content = paper.content();
    const Outcome<std::string> drawing = filled_drawing(content, values);
    if (drawing.refused()) return drawing.refusals();
    const Box page = points_of(content.page);
    cairo_pdf_surface_set_size(state_->surface.get(), page.width, page.height);
    if (!content.backdrop.empty()) {
        if (!state_->backdrop_of || &state_->backdrop_of->content() != &content) {
            state_->backdrop = recorded(content);
            state_->backdrop_of = std::make_shared<const Template>(paper);
        }
        cairo_set_source_surface(state_->pen.get(), state_->backdrop.get(), 0, 0);
        cairo_paint(state_->pen.get());
    }
    Picture(*drawing).draw(state_->pen.get(), page);
    cairo_show_page(state_->pen.get());
    state_->check();
    ++state_->pages;
    return Done{};
}

void PdfWriter::finish() {
    if (state_->finished) return;
    state_->pen.reset();
    cairo_surface_finish(state_->surface.get());
    state_->finished = true;
    state_->check();
}

Outcome<std::string> pdf_of(const Template& paper, const Values& values, const Description& description) {
    std::string bytes;
    PdfWriter writer([&](std::string_view piece) { bytes += piece; }, description);
    if (const auto added = writer.add(paper, values); added.refused()) return added.refusals();
    writer.finish();
    return bytes;
}

Outcome<std::string> png_of(const Template& paper, const Values& values, int width_pixels) {
    const Template::Content& content = paper.content();
    const Outcome<std::string> drawing = filled_drawing(content, values);
    if (drawing.refused()) return drawing.refusals();
    const int width = std::clamp(width_pixels, 64, 4'000);
    const int height =
        std::max(1, static_cast<int>(std::lround(width * content.page.height / content.page.width)));
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height),
                          &cairo_surface_destroy);
    const Pen pen(cairo_create(surface.get()), &cairo_destroy);
    cairo_set_source_rgb(pen.get(), 1, 1, 1);
    cairo_paint(pen.get());
    const Box page{0, 0, static_cast<double>(width), static_cast<double>(height)};
    if (!content.backdrop.empty()) Picture(content.backdrop).draw(pen.get(), page);
    Picture(*drawing).draw(pen.get(), page);
    require(cairo_status(pen.get()));
    std::string bytes;
    Stream stream{[&](std::string_view piece) { bytes += piece; }, nullptr};
    const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), &on_bytes, &stream);
    if (stream.thrown) std::rethrow_exception(stream.thrown);
    require(status);
    return bytes;
}

}  // namespace tiendo::papers
