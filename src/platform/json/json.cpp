#include "platform/json/json.h"

#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_set>
#include <vector>

namespace tiendo::json {
namespace {

using Tree = nlohmann::ordered_json;

Tree tree_of(const Value& value) {
    if (const auto* truth = value.truth()) return *truth;
    if (const auto* number = value.number()) return *number;
    if (const auto* text = value.text()) return *text;
    if (const auto* items = value.list_items()) {
        Tree array = Tree::array();
        for (const auto& item : *items) array.push_back(tree_of(item));
        return array;
    }
    if (const auto* members = value.members()) {
        // As a list of pairs: to look a key up before adding it would cost the square of
        // their number, and a Value holds each key once.
        Tree::object_t object;
        object.reserve(members->size());
        auto& pairs = static_cast<Tree::object_t::Container&>(object);
        for (const auto& [key, member] : *members) pairs.emplace_back(key, tree_of(member));
        return object;
    }
    return nullptr;
}

// Builds the tree while nlohmann reads the text; answering false stops the reading.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
    Value take() { return std::move(root_); }

    bool null() override { return put(Value()); }
    bool boolean(bool truth) override { return put(Value(truth)); }
    bool number_integer(number_integer_t number) override { return put(Value(number)); }
    bool number_unsigned(number_unsigned_t number) override {
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return put(Value(std::to_string(number)));
        return put(Value(static_cast<std::int64_t>(number)));
    }
    bool number_float(number_float_t, const string_t& as_written) override { return put(Value(as_written)); }
    bool string(string_t& text) override { return put(Value(std::move(text))); }
    bool binary(binary_t&) override { return false; }

    bool start_array(std::size_t) override { return open(false); }
    bool end_array() override { return close(); }
    bool start_object(std::size_t) override { return open(true); }
    bool key(string_t& name) override {
        Unfinished& object = open_.back();
        if (!object.names.insert(name).second) return false;
        object.name = std::move(name);
        return true;
    }
    bool end_object() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

 private:
    struct Unfinished {
        bool is_object;
        Value::List items;
        Value::Object members;
        std::string name;  // of the member that comes next
        std::unordered_set<std::string> names;
    };

    bool put(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (Unfinished& parent = open_.back(); parent.is_object) {
            parent.members.emplace_back(std::move(parent.name), std::move(value));
        } else {
            parent.items.push_back(std::move(value));
        }
        return true;
    }
    bool open(bool is_object) {
        if (open_.size() >= static_cast<std::size_t>(deepest)) return false;
        open_.push_back({is_object, {}, {}, {}, {}});
        return true;
    }
    bool close() {
        Unfinished done = std::move(open_.back());
        open_.pop_back();
        return put(done.is_object ? Value(std::move(done.members)) : Value(std::move(done.items)));
    }

    Value root_;
    std::vector<Unfinished> open_;
};

}  // namespace

std::string write(const Value& value, Layout layout) {
    return tree_of(value).dump(layout == Layout::pretty ? 2 : -1, ' ', false, Tree::error_handler_t::replace);
}

std::optional<Value> parse(std::string_view text) {
    Builder builder;
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
    return builder.take();
}

}  // namespace tiendo::json
