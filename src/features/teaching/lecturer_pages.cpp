// GET /lecturers and /lecturers/:id: who teaches, when not, and what a period is paid.
#include "features/teaching/teaching_pages.h"

namespace tiendo::teaching {
namespace {

LecturerId lecturer_of(const web::Visit& visit) { return LecturerId{web::id_of(visit, "id")}; }

Value lecturer_form(const web::Visit& visit, const pages::Refused& refused, const char* form,
                    const Lecturer& lecturer) {
    pages::FieldList fields(visit, refused, form);
    fields.text("full_name", lecturer.full_name).required();
    fields
        .choice("kind",
                {{"internal", visit.text("teaching.kind.internal")},
                 {"guest", visit.text("teaching.kind.guest")}},
                lecturer.kind)
        .label(visit.text("teaching.kind"));
    fields.text("organisation", lecturer.organisation)
        .text("title", lecturer.title)
        .text("fields", lecturer.fields);
    fields.text("email", lecturer.email);
    fields.text("person").hint("teaching.person_hint");
    return fields.form();
}

// `person` is a national ID or a Party card; nothing said leaves whom it was.
Lecturer lecturer_sent(const web::Visit& visit, db::Read& tx, pages::Reader& sent, Lecturer lecturer) {
    lecturer.full_name = sent.required_text("full_name");
    lecturer.kind = sent.choice("kind", {"internal", "guest"}).value_or("internal");
    lecturer.organisation = sent.text("organisation");
    lecturer.title = sent.text("title");
    lecturer.fields = sent.text("fields");
    lecturer.email = sent.text("email");
    const std::string number = sent.text("person");
    if (number.empty()) return lecturer;
    try {
        lecturer.person = people::require_by_number(tx, visit.actor, number).id;
    } catch (const web::NotFound&) {
        sent.refuse("person", "teaching.person_unknown", {number});
    }
    return lecturer;
}

// --- the list ---------------------------------------------------------------------------------

Value lecturers_value(const web::Visit& visit, db::Read& tx) {
    const auto paid = fees(tx, visit.actor);
    return Value::object({{"lecturers", list_of(lecturers(tx, visit.actor), [&](const Lecturer& lecturer) {
                               const auto own = paid.find(lecturer.id);
                               const auto fee =
                                   own == paid.end() ? std::nullopt : fee_on(own->second, visit.today());
                               return to_value(lecturer).set("fee", fee ? Value(fee->per_period) : Value());
                           })}});
}

Value lecturers_page_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused) {
    Value value = lecturers_value(visit, tx);
    const auto count = value["lecturers"].list_items()->size();
    return std::move(value)
        .set("title", visit.text("teaching.lecturers"))
        .set("count", count)
        .set("lecturer",
             visit.actor.may(change_timetable) ? lecturer_form(visit, refused, "lecturers", {}) : Value());
}

http::Response lecturers_page(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("teaching/lecturers", lecturers_page_value(visit, tx, {})); });
}

http::Response lecturers_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(lecturers_value(visit, tx)); });
}

Outcome<LecturerId> engaging(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<LecturerId> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Lecturer lecturer = lecturer_sent(visit, tx, sent, {});
        if (sent.refused()) return sent.refusals();
        return engage(tx, visit.actor, lecturer, visit.now);
    });
}

http::Response engage_by_form(const web::Visit& visit) {
    const auto engaged = engaging(visit);
    if (engaged) return visit.redirect("/lecturers/" + to_text(*engaged), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("teaching/lecturers",
                             lecturers_page_value(visit, tx, {"lecturers", engaged.refusals()}),
                             engaged.refusals());
    });
}

http::Response engage_by_json(const web::Visit& visit) {
    const auto engaged = engaging(visit);
    return engaged ? visit.json(Value::object({{"id", *engaged}}), 201)
                   : visit.json_refused(engaged.refusals());
}

// --- one lecturer -----------------------------------------------------------------------------

void set_forms(Value& value, const web::Visit& visit, const Lecturer& lecturer,
               const pages::Refused& refused) {
    pages::FieldList away(visit, refused, "unavailability");
    away.day("first_on").required().day("last_on").hint("teaching.last_on_hint");
    away.choice("half_day", half_day_options(visit), "", visit.text("teaching.whole_day"));
    away.text("reason");
    pages::FieldList fee(visit, refused, "fee");
    fee.day("valid_from", visit.today())
        .required()
        .count("per_period")
        .hint("teaching.per_period_hint")
        .required();
    fee.text("basis").label(visit.text("teaching.fee_basis"));
    value.set("description", lecturer_form(visit, refused, "description", lecturer))
        .set("setting_aside", away.form())
        .set("fee", fee.form());
}

Value page_value(const web::Visit& visit, db::Read& tx, const Lecturer& lecturer,
                 const pages::Refused& refused) {
    const bool can_change = organisations::may(tx, visit.actor, change_timetable, lecturer.unit);
    const auto away = unavailabilities_of(tx, lecturer.id, visit.today());
    const auto paid = fees_of(tx, lecturer.id);
    Value value = to_value(lecturer);
    value.set("lecturer_title", lecturer.title)
        .set("title", lecturer.full_name)
        .set("can_see_person", lecturer.person && visit.actor.may(people::see_people))
        .set("unavailabilities", list_of(away, [](const Unavailability& when) { return to_value(when); }))
        .set("has_unavailabilities", !away.empty())
        .set("base_url", "/lecturers/" + to_text(lecturer.id))
        .set("fees", list_of(paid,
                             [](const Fee& fee) {
                                 return Value::object({{"valid_from", fee.valid_from},
                                                       {"per_period", fee.per_period},
                                                       {"basis", fee.basis}});
                             }))
        .set("has_fees", !paid.empty())
        .set("can_change", can_change)
        .set("description", nullptr)
        .set("setting_aside", nullptr)
        .set("fee", nullptr);
    if (can_change) set_forms(value, visit, lecturer, refused);
    return value;
}

http::Response lecturer_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("teaching/lecturer",
                          page_value(visit, tx, require_lecturer(tx, visit.actor, lecturer_of(visit)), {}));
    });
}

template <class Verb>
http::Response by_form(const web::Visit& visit, const char* form, Verb verb) {
    const LecturerId id = lecturer_of(visit);
    const Outcome<Done> done = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        return verb(tx, sent, require_for_change(tx, visit.actor, id));
    });
    if (done) return visit.redirect("/lecturers/" + to_text(id), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused(
            "teaching/lecturer",
            page_value(visit, tx, require_lecturer(tx, visit.actor, id), {form, done.refusals()}),
            done.refusals());
    });
}

http::Response describe_lecturer(const web::Visit& visit) {
    return by_form(visit, "description",
                   [&](db::Write& tx, pages::Reader& sent, const Lecturer& lecturer) -> Outcome<Done> {
                       const Lecturer said = lecturer_sent(visit, tx, sent, lecturer);
                       if (sent.refused()) return sent.refusals();
                       return describe(tx, visit.actor, said, visit.now);
                   });
}

http::Response set_lecturer_aside(const web::Visit& visit) {
    return by_form(visit, "unavailability",
                   [&](db::Write& tx, pages::Reader& sent, const Lecturer& lecturer) -> Outcome<Done> {
                       const Unavailability when = unavailability_sent(sent, tx);
                       if (sent.refused()) return sent.refusals();
                       return set_aside(tx, visit.actor, lecturer.id, when, visit.now);
                   });
}

http::Response give_lecturer_back(const web::Visit& visit) {
    return by_form(visit, "return",
                   [&](db::Write& tx, pages::Reader& sent, const Lecturer& lecturer) -> Outcome<Done> {
                       give_back(tx, visit.actor, lecturer.id,
                                 UnavailabilityId{parse_id(sent.text("unavailability"))}, visit.now);
                       return Done{};
                   });
}

http::Response set_lecturer_fee(const web::Visit& visit) {
    return by_form(visit, "fee",
                   [&](db::Write& tx, pages::Reader& sent, const Lecturer& lecturer) -> Outcome<Done> {
                       const Fee fee{sent.required_day("valid_from").value_or(Date{}),
                                     sent.required_count("per_period").value_or(0), sent.text("basis")};
                       if (sent.refused()) return sent.refusals();
                       set_fee(tx, visit.actor, lecturer.id, fee, visit.now);
                       return Done{};
                   });
}

}  // namespace

void register_lecturers(web::Routes& routes) {
    routes.get("/lecturers", see_timetable, lecturers_page);
    routes.post("/lecturers", change_timetable, engage_by_form);
    routes.get("/lecturers/:id", see_timetable, lecturer_page);
    routes.post("/lecturers/:id/description", change_timetable, describe_lecturer);
    routes.post("/lecturers/:id/unavailability", change_timetable, set_lecturer_aside);
    routes.post("/lecturers/:id/return", change_timetable, give_lecturer_back);
    routes.post("/lecturers/:id/fee", change_timetable, set_lecturer_fee);
    routes.get("/api/v1/lecturers", see_timetable, lecturers_json);
    routes.post("/api/v1/lecturers", change_timetable, engage_by_json);
}

}  // namespace tiendo::teaching
