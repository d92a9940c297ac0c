// GET /programmes/:id/versions/new and POST /programmes/:id/versions: the next version, begun from the one
// in force.
#include "features/programmes/programmes_pages.h"
#include "platform/pages/reader.h"

namespace tiendo::programmes {
namespace {

constexpr std::size_t most_topics = 60;

std::string at(std::string_view field, std::size_t row) {
    return std::string(field) + "-" + std::to_string(row);
}

// --- what is sent ---------------------------------------------------------------------------------

// As they stand in the form, with rows left blank between others: a refusal is told beside its row.
std::vector<Topic> topics_sent(pages::Reader& sent) {
    std::vector<Topic> topics;
    for (std::size_t row = 1; row <= most_topics; ++row) {
        Topic topic{.id = {}, .title = sent.text(at("topic", row))};
        for (const Activity activity : activities)
            topic.periods[static_cast<std::size_t>(activity)] =
                sent.count(at(to_text(activity), row)).value_or(0);
        topics.push_back(std::move(topic));
    }
    if (!sent.text(at("topic", most_topics + 1)).empty())
        sent.refuse(at("topic", most_topics + 1), "version.too_many_topics", {std::to_string(most_topics)});
    while (!topics.empty() && topics.back().is_blank()) topics.pop_back();
    return topics;
}

Version version_sent(pages::Reader& sent, const Programme& programme) {
    Version version{.id = {}, .programme = programme.id};
    version.valid_from = sent.day("valid_from");
    version.basis = sent.text("basis");
    version.audience = sent.text("audience");
    version.aims = sent.text("aims");
    version.topics = topics_sent(sent);
    version.minimum_size = sent.count("minimum_size");
    version.target_size = sent.count("target_size");
    version.maximum_size = sent.count("maximum_size");
    version.attendance_minimum = sent.count("attendance_minimum").value_or(0);
    version.certificate_series = sent.text("certificate_series");
    version.certificate_valid_months = sent.count("certificate_valid_months");
    version.scheme = scheme_sent(sent);
    version.verified_by = sent.text("verified_by");
    version.remarks = sent.text("remarks");
    return version;
}

// --- the form -------------------------------------------------------------------------------------

Value topic_fields(const Topic& topic, std::size_t row, const Field& field) {
    Value periods = Value::list();
    for (const Activity activity : activities) {
        const std::int64_t spent = topic.periods[static_cast<std::size_t>(activity)];
        periods.push(field(at(to_text(activity), row), spent > 0 ? Value(spent) : Value())
                         .set("activity", to_text(activity)));
    }
    return Value::object({{"row", row},
                          {"topic_title", field(at("topic", row), topic.title)},
                          {"periods", std::move(periods)}});
}

Value topics_fields(const std::vector<Topic>& topics, const Field& field) {
    constexpr std::size_t left_to_fill_in = 4;
    Value rows = Value::list();
    for (std::size_t i = 0; i < topics.size() + left_to_fill_in && i < most_topics; ++i)
        rows.push(topic_fields(i < topics.size() ? topics[i] : Topic{}, i + 1, field));
    return rows;
}

// `begun` is what the form begins with; what was sent goes before it.
Value form_value(const web::Visit& visit, const Programme& programme, const Version& begun,
                 const Refusals& refusals) {
    const Field field = [&](const std::string& name, Value value) {
        return web::form_field(visit, name, std::move(value), refusals);
    };
    const Value scheme = scheme_fields(begun.scheme, field);
    const bool attends = begun.attendance_minimum > 0;
    return Value::object(
        {{"title", visit.text("version.write")},
         {"id", programme.id},
         {"name", programme.name},
         {"valid_from", field("valid_from", begun.valid_from)},
         {"basis", field("basis", begun.basis)},
         {"audience", field("audience", begun.audience)},
         {"aims", field("aims", begun.aims)},
         {"topics", topics_fields(begun.topics, field)},
         {"minimum_size", field("minimum_size", begun.minimum_size)},
         {"target_size", field("target_size", begun.target_size)},
         {"maximum_size", field("maximum_size", begun.maximum_size)},
         {"attendance_minimum",
          field("attendance_minimum", attends ? Value(begun.attendance_minimum) : Value())},
         {"certificate_series", field("certificate_series", begun.certificate_series)},
         {"certificate_valid_months", field("certificate_valid_months", begun.certificate_valid_months)},
         {"components", scheme["components"]},
         {"bands", scheme["bands"]},
         {"verified_by", field("verified_by", begun.verified_by)},
         {"remarks", field("remarks", begun.remarks)},
         {"export", nullptr},
         {"print_url", nullptr}});
}

// What a new version begins with: what the one says that it corrects, from the same day; else, from today,
// what the one named says, or the one in force, or the last.
Version begun_from(const web::Visit& visit, const std::vector<Version>& versions) {
    if (versions.empty()) return {};
    const auto asked = [&](const char* name) {
        return find_numbered(versions, parse_id(std::string(visit.request.asked(name))));
    };
    const Version* corrected = asked("correcting");
    const Version* found = corrected ? corrected : asked("from");
    if (!found) found = in_force(versions, visit.today());
    Version begun = found ? *found : versions.back();
    // Who compared the one before with its regulation did not see this one.
    begun.verified_by.clear();
    if (!corrected) begun.valid_from = visit.today();
    return begun;
}

http::Response form_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Programme programme = require(tx, visit.actor, programme_of(visit));
        if (!may(tx, visit.actor, change_programmes)) throw web::Forbidden{};
        const Version begun = begun_from(visit, versions_of(tx, programme.id));
        return visit.page("programmes/version_form", form_value(visit, programme, begun, {}));
    });
}

struct Sent {
    Programme programme;
    Version version;
    Outcome<Version> written = Refusals{};
};

Sent write_sent(const web::Visit& visit, db::Write& tx) {
    Sent said{.programme = require_for_change(tx, visit.actor, programme_of(visit)), .version = {}};
    pages::Reader sent = pages::Reader::of_body(visit);
    said.version = version_sent(sent, said.programme);
    said.written = sent.refused() ? Outcome<Version>(sent.refusals())
                                  : write_version(tx, visit.actor, said.version, visit.now);
    return said;
}

std::string address_of(const Version& version) {
    return address_of(version.programme) + "/versions/" + std::to_string(version.number);
}

http::Response write_by_form(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) {
        const Sent sent = write_sent(visit, tx);
        if (sent.written) return visit.redirect(address_of(*sent.written), "act.recorded");
        const Refusals& refusals = sent.written.refusals();
        return visit.refused("programmes/version_form",
                             form_value(visit, sent.programme, sent.version, refusals), refusals);
    });
}

http::Response write_by_json(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) {
        const Sent sent = write_sent(visit, tx);
        if (!sent.written) return visit.json_refused(sent.written.refusals());
        return visit.json(Value::object({{"number", (*sent.written).number}}));
    });
}

http::Response versions_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Programme programme = require(tx, visit.actor, programme_of(visit));
        const std::vector<Version> versions = versions_of(tx, programme.id);
        return visit.json(Value::object(
            {{"programme", programme.id},
             {"count", versions.size()},
             {"versions", list_of(versions, [](const Version& version) { return to_value(version); })}}));
    });
}

}  // namespace

void register_versions(web::Routes& routes) {
    routes.get("/programmes/:id/versions/new", change_programmes, form_page);
    routes.post("/programmes/:id/versions", change_programmes, write_by_form);
    routes.get("/api/v1/programmes/:id/versions", see_programmes, versions_json);
    routes.post("/api/v1/programmes/:id/versions", change_programmes, write_by_json);
}

}  // namespace tiendo::programmes
