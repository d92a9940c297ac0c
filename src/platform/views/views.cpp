#include "platform/views/views.h"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "platform/views/template.h"

namespace tiendo::views {
namespace {

// The values a name is looked for in, the innermost last.
using Scope = std::vector<const Value*>;

const Value* member_of(const Value& value, std::string_view name) {
    if (const auto* members = value.members())
        for (const auto& [key, member] : *members)
            if (key == name) return &member;
    return nullptr;
}

// None when nothing in the scope has that name. The first piece of a name decides where the
// others are looked for.
const Value* find(const Scope& scope, const Node& node) {
    if (node.path.front() == ".") return scope.back();
    for (auto at = scope.rbegin(); at != scope.rend(); ++at) {
        const Value* found = member_of(**at, node.path.front());
        if (found == nullptr) continue;
        for (std::size_t i = 1; i < node.path.size() && found != nullptr; ++i)
            found = member_of(*found, node.path[i]);
        return found;
    }
    return nullptr;
}

bool is_nothing(const Value* value) {
    if (value == nullptr || value->is_null()) return true;
    if (const auto* truth = value->truth()) return !*truth;
    if (const auto* text = value->text()) return text->empty();
    if (const auto* items = value->list_items()) return items->empty();
    return false;
}

// What must not stand in a page as it is.
constexpr std::string_view entity_of(char c) {
    switch (c) {
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '&': return "&amp;";
        case '"': return "&quot;";
        case '\'': return "&#39;";
        default: return {};
    }
}

// By byte, because most of a page passes here.
constexpr auto has_entity = [] {
    std::array<bool, 256> all{};
    for (const char c : std::string_view("<>&\"'")) all[static_cast<unsigned char>(c)] = true;
    return all;
}();

void append_escaped(std::string& out, std::string_view text) {
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (has_entity[static_cast<unsigned char>(text[at])]) {
            out.append(text, copied, at - copied).append(entity_of(text[at]));
            copied = at + 1;
        }
    out.append(text, copied);
}

void append_plain(std::string& out, const Value& value) {
    if (const auto* text = value.text()) {
        out += *text;
    } else if (const auto* number = value.number()) {
        out += std::to_string(*number);
    } else if (const auto* truth = value.truth()) {
        out += *truth ? "true" : "false";
    }
}

// Formats and texts are made of plain text, and escaped once when they are finished; so a
// part of one is written plain, and everything else escaped.
enum class Writing { escaped, plain };

class Renderer {
 public:
    Renderer(const i18n::Texts& texts, Locale locale, Scope scope, const Template* content = nullptr)
        : texts_(texts), locale_(locale), scope_(std::move(scope)), content_(content) {}

    void write(const std::vector<Node>& nodes, std::string& out, Writing writing) {
        for (const Node& node : nodes) write(node, out, writing);
    }

 private:
    void write(const Node& node, std::string& out, Writing writing) {
        switch (node.kind) {
            case Kind::text: out += node.text; break;
            case Kind::value:
                if (const Value* value = find(scope_, node)) {
                    const std::string* text = value->text();
                    if (text != nullptr && writing == Writing::escaped)
                        append_escaped(out, *text);
                    else
                        append_plain(out, *value);
                }
                break;
            case Kind::markup:
                if (const Value* value = find(scope_, node)) append_plain(out, *value);
                break;
            case Kind::section: write_section(node, out, writing); break;
            case Kind::inverted:
                if (is_nothing(find(scope_, node))) write(node.children, out, writing);
                break;
            case Kind::partial: write(node.other->nodes, out, writing); break;
            case Kind::content:
                if (content_ != nullptr) write(content_->nodes, out, writing);
                break;
            default:
                if (const std::string& said = node.said[static_cast<std::size_t>(locale_.language)];
                    !said.empty() && writing == Writing::escaped)
                    out += said;
                else if (writing == Writing::escaped)
                    append_escaped(out, node.kind == Kind::words ? words(node) : formatted(node));
                else
                    out += node.kind == Kind::words ? words(node) : formatted(node);
        }
    }

    void write_section(const Node& node, std::string& out, Writing writing) {
        const Value* value = find(scope_, node);
        if (is_nothing(value)) return;
        if (const auto* items = value->list_items()) {
            for (const Value& item : *items) write_inside(item, node, out, writing);
        } else {
            write_inside(*value, node, out, writing);
        }
    }
    void write_inside(const Value& value, const Node& node, std::string& out, Writing writing) {
        scope_.push_back(&value);
        write(node.children, out, writing);
        scope_.pop_back();
    }

    std::string plain(const std::vector<Node>& nodes) {
        std::string text;
        write(nodes, text, Writing::plain);
        const auto first = text.find_first_not_of(" \t\r\n");
        if (first == std::string::npos) return {};
        return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    }

    std::string formatted(const Node& node) {
        const std::string text = plain(node.children);
        switch (node.kind) {
            case Kind::number: return i18n::decimal(locale_.language, text);
            case Kind::percent: return i18n::percent(locale_.language, text);
            case Kind::date: return i18n::date(locale_.language, text);
            default:
                if (const auto moment = parse_instant(text))
                    return i18n::moment(locale_.language, *moment, locale_.offset);
                return text;
        }
    }

    std::string words(const Node& node) {
        std::vector<std::string> arguments;
        for (std::size_t i = 1; i < node.pieces.size(); ++i) arguments.push_back(plain(node.pieces[i]));
        return texts_.text(locale_.language, plain(node.pieces.front()), arguments);
    }

    const i18n::Texts& texts_;
    Locale locale_;
    Scope scope_;
    const Template* content_;
};

// Walks a template as a rendering of the sample would, and through the branches it would not
// take, and notes what is not there.
class Inspector {
 public:
    explicit Inspector(Scope scope) : scope_(std::move(scope)) {}

    void look(const Template& in) { look(in, in.nodes); }
    std::vector<std::string> take() { return {missing_.begin(), missing_.end()}; }

 private:
    void look(const Template& in, const std::vector<Node>& nodes) {
        for (const Node& node : nodes) look(in, node);
    }
    void look(const Template& in, const Node& node) {
        switch (node.kind) {
            case Kind::text: break;
            case Kind::value:
            case Kind::markup:
                if (find(scope_, node) == nullptr) note(in, node, node.text);
                break;
            case Kind::section: look_inside(in, node); break;
            case Kind::inverted:
                if (find(scope_, node) == nullptr) note(in, node, node.text);
                look(in, node.children);
                break;
            case Kind::partial: look(*node.other); break;
            case Kind::content: break;
            default:
                look(in, node.children);
                for (const auto& piece : node.pieces) look(in, piece);
        }
    }
    void look_inside(const Template& in, const Node& node) {
        const Value* value = find(scope_, node);
        if (value == nullptr) {
            note(in, node, node.text);
        } else if (const auto* items = value->list_items()) {
            if (items->empty()) note(in, node, node.text + " (empty)");
            for (const Value& item : *items) look_with(item, in, node);
        } else if (value->is_null() || value->truth() != nullptr) {
            look(in, node.children);
        } else {
            look_with(*value, in, node);
        }
    }
    void look_with(const Value& value, const Template& in, const Node& node) {
        scope_.push_back(&value);
        look(in, node.children);
        scope_.pop_back();
    }
    void note(const Template& in, const Node& node, const std::string& name) {
        const std::string& first = node.path.front();
        if (first == "csrf" || first == "language") return;
        missing_.insert(name + ", " + in.name + " line " + std::to_string(node.line));
    }

    Scope scope_;
    std::set<std::string> missing_;
};

// features/plan/views/board.html is the view plan/board.
std::string view_name(std::string_view file) {
    std::string name;
    for (const std::string_view piece : split(file.substr(0, file.rfind('.')), '/')) {
        if (piece == "src" || piece == "features" || piece == "platform" || piece == "views") continue;
        name += (name.empty() ? "" : "/") + std::string(piece);
    }
    return name;
}

// What the template says in every rendering alike is looked up once.
void say_beforehand(Node& node, const i18n::Texts& texts) {
    if (node.kind != Kind::words || node.pieces.size() != 1) return;
    const std::vector<Node>& key = node.pieces.front();
    if (key.size() != 1 || key.front().kind != Kind::text) return;
    for (const i18n::Language language : i18n::languages)
        if (const std::string name = clean(key.front().text); texts.has(language, name))
            append_escaped(node.said[static_cast<std::size_t>(language)], texts.text(language, name));
}

void refuse_circles(const Template& from, std::vector<const Template*>& path) {
    if (std::find(path.begin(), path.end(), &from) != path.end())
        throw std::runtime_error(from.name + " is a partial of itself");
    path.push_back(&from);
    each_node(from.nodes, [&](const Node& node) {
        if (node.kind == Kind::partial) refuse_circles(*node.other, path);
    });
    path.pop_back();
}

}  // namespace

Views::Views(const std::vector<EmbeddedFile>& files, const i18n::Texts& texts) : texts_(texts) {
    for (const auto& file : files) {
        if (file.name.size() < 5 || file.name.substr(file.name.size() - 5) != ".html") continue;
        std::string name = view_name(file.name);
        auto parsed = std::make_unique<Template>(parse_template(name, file.bytes));
        if (!templates_.emplace(std::move(name), std::move(parsed)).second)
            throw std::runtime_error(std::string(file.name) + ": there is another view of this name");
    }
    for (auto& [name, parsed] : templates_)
        each_node(parsed->nodes, [&, &in = name](Node& node) {
            say_beforehand(node, texts);
            if (node.kind != Kind::partial) return;
            // By its whole name, or beside this one, or among those that all pages share.
            const std::string beside = in.substr(0, in.rfind('/') + 1);
            for (const std::string& prefix : {std::string(), beside, std::string("web/")})
                if (const auto found = templates_.find(prefix + node.text);
                    found != templates_.end() && node.other == nullptr)
                    node.other = found->second.get();
            if (node.other == nullptr)
                throw std::runtime_error(in + ", line " + std::to_string(node.line) + ": no view \"" +
                                         node.text + "\"");
        });
    std::vector<const Template*> path;
    for (const auto& [name, parsed] : templates_) refuse_circles(*parsed, path);
}
Views::~Views() = default;
Views::Views(Views&&) noexcept = default;

const Template& Views::require(std::string_view view) const {
    const auto found = templates_.find(view);
    if (found == templates_.end()) throw std::logic_error("no view \"" + std::string(view) + "\"");
    return *found->second;
}

std::string Views::render(std::string_view view, const Value& value, Locale locale,
                          const Value& frame) const {
    std::string out;
    out.reserve(16 * 1024);
    Renderer(texts_, locale, {&frame, &value}).write(require(view).nodes, out, Writing::escaped);
    return out;
}

std::string Views::render_in(std::string_view layout, std::string_view view, const Value& value,
                             Locale locale, const Value& frame) const {
    std::string out;
    out.reserve(64 * 1024);
    Renderer(texts_, locale, {&frame, &value}, &require(view))
        .write(require(layout).nodes, out, Writing::escaped);
    return out;
}

bool Views::has(std::string_view view) const { return templates_.contains(view); }

std::vector<std::string> Views::names() const {
    std::vector<std::string> names;
    for (const auto& [name, parsed] : templates_) names.push_back(name);
    return names;
}

std::vector<std::string> Views::text_keys(std::string_view view) const {
    std::vector<std::string> keys;
    each_node(require(view).nodes, [&](const Node& node) {
        if (node.kind != Kind::words) return;
        const auto& key = node.pieces.front();
        if (key.size() == 1 && key.front().kind == Kind::text) keys.push_back(clean(key.front().text));
    });
    return keys;
}

std::vector<std::string> Views::names_missing(std::string_view view, const Value& sample,
                                              const Value& frame) const {
    Inspector inspector({&frame, &sample});
    inspector.look(require(view));
    return inspector.take();
}

std::string escape(std::string_view text) {
    std::string out;
    append_escaped(out, text);
    return out;
}

}  // namespace tiendo::views
