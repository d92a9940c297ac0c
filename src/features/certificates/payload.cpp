#include "features/certificates/payload.h"

#include <charconv>

#include "base/text.h"

namespace tiendo::certificates {
namespace {

constexpr std::string_view form = "2", form_without_address = "1";

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }
std::string day_text(Date day) {
    return two_digits(day.day()) + "/" + two_digits(day.month()) + "/" + std::to_string(day.year());
}

// Calls f with each fact in the order of the payload: texts, numbers, days and days that may be absent.
template <class Facts, class F>
void each_fact(Facts& facts, F f) {
    f(facts.code), f(facts.series), f(facts.book_year), f(facts.register_number), f(facts.register_text);
    f(facts.serial), f(facts.title), f(facts.full_name), f(facts.birth), f(facts.unit_name);
    f(facts.programme_name), f(facts.cohort_code), f(facts.periods), f(facts.opened_on), f(facts.closed_on);
    f(facts.band), f(facts.decision_number), f(facts.decision_on), f(facts.issued_on), f(facts.valid_until);
    f(facts.place), f(facts.issuer_name), f(facts.organiser_name), f(facts.signed_for);
    f(facts.signatory_title), f(facts.signatory_name);
}

struct Writer {
    std::string text{form};
    void line(const std::string& value) { text += '\n' + value; }
    void operator()(const std::string& value) { line(value); }
    void operator()(std::integral auto value) { line(std::to_string(value)); }
    void operator()(Date value) { line(to_text(value)); }
    void operator()(const std::optional<Date>& value) { line(value ? to_text(*value) : ""); }
};

struct LineReader {
    std::vector<std::string_view> lines;
    std::size_t next = 1;
    bool good = true;
    std::string_view line() {
        return next < lines.size() ? lines[next++] : (good = false, std::string_view());
    }
    void operator()(std::string& value) { value = line(); }
    void operator()(std::integral auto& value) {
        const std::string_view text = line();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        good = good && error == std::errc{} && end == text.data() + text.size();
    }
    void operator()(Date& value) {
        const auto day = parse_date(line());
        good = good && day;
        value = day.value_or(Date{});
    }
    void operator()(std::optional<Date>& value) {
        const std::string_view text = line();
        value = parse_date(text);
        good = good && (text.empty() || value);
    }
};

// 1985-03-15 is 15/03/1985, 1985-03 is 03/1985.
std::string birth_as_written(const std::string& birth) {
    if (const auto day = parse_date(birth)) return day_text(*day);
    constexpr std::size_t of_month = 7;
    return birth.size() == of_month ? birth.substr(5) + "/" + birth.substr(0, 4) : birth;
}

std::string span_of(const Printed& printed) {
    if (!printed.closed_on || printed.closed_on == printed.opened_on) return day_text(printed.opened_on);
    return day_text(printed.opened_on) + " – " + day_text(*printed.closed_on);
}

}  // namespace

std::string payload_of(const Printed& printed, const std::string& address) {
    Writer writer;
    writer(address);
    each_fact(printed, [&](const auto& fact) { writer(fact); });
    return writer.text;
}

std::optional<Payload> read_payload(std::string_view payload) {
    LineReader reader{split(payload, '\n')};
    Payload read;
    if (reader.lines.front() == form)
        reader(read.address.emplace());
    else if (reader.lines.front() != form_without_address)
        return std::nullopt;
    each_fact(read.printed, [&](auto& fact) { reader(fact); });
    if (!reader.good || reader.next != reader.lines.size()) return std::nullopt;
    return read;
}

std::string printable_address(std::string_view address) {
    while (address.ends_with('/')) address.remove_suffix(1);
    const auto scheme = address.find("://");
    std::string host = lower_ascii(scheme == address.npos ? address : address.substr(scheme + 3));
    host = host.substr(0, host.find('/'));
    if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
    const bool here = host.empty() || host == "localhost" || host.starts_with("127.") || host == "0.0.0.0" ||
                      host.starts_with("[::1]");
    return here ? "" : std::string(address);
}

std::string place_and_day(const std::string& place, Date day) {
    constexpr int padded_months = 2;
    const std::string month =
        day.month() <= padded_months ? two_digits(day.month()) : std::to_string(day.month());
    return place + ", ngày " + two_digits(day.day()) + " tháng " + month + " năm " +
           std::to_string(day.year());
}

std::map<std::string, std::string, std::less<>> worded(const Printed& printed) {
    return {
        {"title", printed.title},
        {"full_name", printed.full_name},
        {"birth", birth_as_written(printed.birth)},
        {"unit_name", printed.unit_name},
        {"programme_name", printed.programme_name},
        {"cohort_code", printed.cohort_code},
        {"periods", printed.periods > 0 ? std::to_string(printed.periods) + " tiết" : ""},
        {"dates", span_of(printed)},
        {"band", printed.band},
        {"decision", "Quyết định số " + printed.decision_number + " ngày " + day_text(printed.decision_on)},
        {"place_and_day", place_and_day(printed.place, printed.issued_on)},
        {"issuer_name", printed.issuer_name},
        {"organiser_name", printed.organiser_name},
        {"signed_for", printed.signed_for},
        {"signatory_title", printed.signatory_title},
        {"signatory_name", printed.signatory_name},
        {"register_number", printed.register_text},
        {"serial", printed.serial},
        {"code", printed.code},
        {"valid_until",
         printed.valid_until ? "Có giá trị đến hết ngày " + day_text(*printed.valid_until) : ""}};
}

}  // namespace tiendo::certificates
