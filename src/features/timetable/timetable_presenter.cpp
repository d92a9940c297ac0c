#include "features/timetable/timetable_presenter.h"

namespace tiendo::timetable {
namespace {

Value meeting_value(const Meeting& meeting) {
    const bool known = !meeting.cohort_code.empty();
    return Value::object({{"id", known ? Value(meeting.id) : Value()},
                          {"cohort", known ? Value(meeting.cohort) : Value()},
                          {"cohort_code", meeting.cohort_code},
                          {"topic", meeting.topic},
                          {"starts_at", teaching::time_text(meeting.starts_minute)},
                          {"ends_at", teaching::time_text(meeting.ends_minute)}});
}

}  // namespace

Value to_value(const Listed& listed) {
    const Session& session = listed.session;
    Value room;
    if (session.room)
        room = Value::object({{"id", *session.room}, {"name", listed.room}, {"site", listed.site}});
    return Value::object({{"id", session.id},
                          {"cohort", Value::object({{"id", session.cohort}, {"code", listed.cohort_code}})},
                          {"programme", listed.programme},
                          {"held_on", session.held_on},
                          {"starts_at", teaching::time_text(session.starts_minute)},
                          {"ends_at", teaching::time_text(session.ends_minute)},
                          {"periods", session.periods},
                          {"activity", programmes::to_text(session.activity)},
                          {"topic", session.topic},
                          {"note", session.note},
                          {"room", std::move(room)},
                          {"lecturers", list_of(session.lecturers,
                                                [](const Taught& one) {
                                                    return Value::object({{"id", one.lecturer},
                                                                          {"full_name", one.name},
                                                                          {"periods", one.periods}});
                                                })},
                          {"sequence", session.sequence}});
}

Value to_value(const Event& event) {
    return Value::object(
        {{"kind", event.kind},
         {"changed", list_of(event.changed, [](const std::string& what) { return Value(what); })},
         {"held_on", event.held_on},
         {"starts_at", teaching::time_text(event.starts_minute)},
         {"was_on", event.was_on},
         {"was_at", event.was_on ? Value(teaching::time_text(event.was_minute)) : Value()},
         {"topic", event.topic},
         {"room", event.room},
         {"lecturers", event.lecturers},
         {"recorded_at", event.recorded_at},
         {"recorded_by", event.recorded_by},
         {"reason", event.reason}});
}

Value to_value(const Clash& clash) {
    Value accepted;
    if (clash.accepted)
        accepted = Value::object(
            {{"note", clash.accepted->note}, {"by", clash.accepted->by}, {"at", clash.accepted->at}});
    return Value::object({{"key", clash.key()},
                          {"kind", to_text(clash.kind)},
                          {"held_on", clash.held_on},
                          {"session", meeting_value(clash.session)},
                          {"other", clash.other ? meeting_value(*clash.other) : Value()},
                          {"name", clash.name},
                          {"quantity", clash.quantity > 0 ? Value(clash.quantity) : Value()},
                          {"accepted", std::move(accepted)}});
}

}  // namespace tiendo::timetable
