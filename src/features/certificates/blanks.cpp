// Blanks: received by the hundred, used one by one, sometimes spoiled, and never lost sight of.
#include <algorithm>

#include "features/certificates/books.h"
#include "platform/audit/audit.h"

namespace tiendo::certificates {
namespace {

// "DVM 001001": what stands before the digits, the number, and how many digits there are.
struct Serial {
    std::string prefix;
    std::int64_t number = 0, digits = 0;
};
std::optional<Serial> read_serial(const std::string& text) {
    constexpr std::size_t most_digits = 15;
    const auto last_letter = text.find_last_not_of("0123456789");
    const std::size_t begin = last_letter == text.npos ? 0 : last_letter + 1;
    const std::string digits = text.substr(begin);
    if (digits.empty() || digits.size() > most_digits) return std::nullopt;
    return Serial{text.substr(0, begin), std::stoll(digits), static_cast<std::int64_t>(digits.size())};
}

std::vector<std::int64_t> spoiled_from(db::Read& tx, const BlankRange& range) {
    return tx.all<std::int64_t>(R"sql(
        select number from spoiled_blanks where blanks = :blanks and number >= :next order by number)sql",
                                {{"blanks", range.id}, {"next", range.next}},
                                [](const db::Row& row) { return row.integer(0); });
}

}  // namespace

std::string serial_of(const BlankRange& range, std::int64_t number) {
    std::string text = std::to_string(number);
    const std::int64_t missing = range.digits - std::ssize(text);
    if (missing > 0) text.insert(0, static_cast<std::size_t>(missing), '0');
    return range.prefix + text;
}

std::vector<BlankRange> blanks_of(db::Read& tx, std::string_view series) {
    return tx.all<BlankRange>(R"sql(
        select b.id, b.prefix, b.first_number, b.last_number, b.digits, b.next_number,
               (select count(*) from spoiled_blanks s where s.blanks = b.id),
               (select count(*) from certificates c where c.blanks = b.id), b.received_on
        from certificate_blanks b where b.series = :series order by b.id)sql",
                              {{"series", series}}, [](const db::Row& row) {
                                  return BlankRange{row.integer(0), row.text(1),    row.integer(2),
                                                    row.integer(3), row.integer(4), row.integer(5),
                                                    row.integer(6), row.integer(7), row.date(8)};
                              });
}

std::int64_t blanks_remaining(db::Read& tx, std::string_view series) {
    std::int64_t remaining = 0;
    for (const BlankRange& range : blanks_of(tx, series)) remaining += range.remaining();
    return remaining;
}

Outcome<Done> receive_blanks(db::Write& tx, const web::Actor& actor, const Series& series,
                             const std::string& first, const std::string& last, Date received_on,
                             const cohorts::Act& act) {
    const auto from = read_serial(first), to = read_serial(last);
    if (!from) return Refusal{"first", "certificate.no_serial", {first}};
    if (!to) return Refusal{"last", "certificate.no_serial", {last}};
    if (from->prefix != to->prefix || from->digits != to->digits || to->number < from->number)
        return Refusal{"last", "certificate.serials_differ", {first, last}};
    for (const BlankRange& range : blanks_of(tx, series.code))
        if (range.prefix == from->prefix && range.first <= to->number && from->number <= range.last)
            return Refusal{"first",
                           "certificate.blanks_twice",
                           {serial_of(range, range.first), serial_of(range, range.last)}};
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into certificate_blanks (id, series, prefix, first_number, last_number, digits, next_number,
                                        received_on, recorded_at, recorded_by, reason)
        values (:id, :series, :prefix, :first, :last, :digits, :first, :received_on, :at, :actor, :reason))sql",
           {{"id", id},
            {"series", series.code},
            {"prefix", from->prefix},
            {"first", from->number},
            {"last", to->number},
            {"digits", from->digits},
            {"received_on", received_on},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
    tx.run(R"sql(update certificate_series set uses_blanks = true where code = :series)sql",
           {{"series", series.code}});
    audit::record(tx, actor, act.at,
                  {"certificates.receive_blanks", "certificate_blanks", id,
                   Value::object({{"series", series.code}, {"first", first}, {"last", last}})});
    return Done{};
}

std::optional<std::vector<Blank>> take_blanks(db::Write& tx, const Series& series, std::int64_t count) {
    tx.lock("certificates.blanks");
    std::vector<Blank> taken;
    for (const BlankRange& range : blanks_of(tx, series.code)) {
        const auto spoiled = spoiled_from(tx, range);
        std::int64_t next = range.next;
        for (; next <= range.last && std::ssize(taken) < count; ++next)
            if (!std::binary_search(spoiled.begin(), spoiled.end(), next))
                taken.push_back({range.id, next, serial_of(range, next)});
        if (next != range.next)
            tx.run(R"sql(update certificate_blanks set next_number = :next where id = :id)sql",
                   {{"next", next}, {"id", range.id}});
    }
    if (std::ssize(taken) < count) return std::nullopt;
    return taken;
}

Outcome<Done> spoil_unused(db::Write& tx, const web::Actor& actor, const Series& series,
                           const std::string& serial, const cohorts::Act& act) {
    if (act.reason.empty()) return Refusal{"reason", "form.required", {}};
    const auto read = read_serial(serial);
    tx.lock("certificates.blanks");
    for (const BlankRange& range : blanks_of(tx, series.code)) {
        if (!read || range.prefix != read->prefix || read->number < range.next || range.last < read->number)
            continue;
        const auto spoiled = spoiled_from(tx, range);
        if (std::binary_search(spoiled.begin(), spoiled.end(), read->number))
            return Refusal{"serial", "certificate.spoiled_already", {serial}};
        write_spoiled(tx, actor, {range.id, read->number, serial}, std::nullopt, act);
        return Done{};
    }
    return Refusal{"serial", "certificate.no_unused_blank", {serial}};
}

void write_spoiled(db::Write& tx, const web::Actor& actor, const Blank& blank,
                   std::optional<CertificateId> certificate, const cohorts::Act& act) {
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into spoiled_blanks (id, blanks, number, certificate, recorded_at, recorded_by, reason)
        values (:id, :blanks, :number, :certificate, :at, :actor, :reason))sql",
           {{"id", id},
            {"blanks", blank.blanks},
            {"number", blank.number},
            {"certificate", certificate},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
    audit::record(tx, actor, act.at,
                  {"certificates.spoil_blank", "spoiled_blank", id,
                   Value::object({{"serial", blank.serial}, {"reason", act.reason}})});
}

}  // namespace tiendo::certificates
