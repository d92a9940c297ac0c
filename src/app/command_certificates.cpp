// certificates: a cohort's certificates issued, checked, revoked, and read without a network.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/commands.h"
#include "base/text.h"
#include "features/certificates/certificates.h"

namespace tiendo::app {
namespace {

Value codes_value(const std::vector<std::string>& codes) {
    return list_of(codes, [](const std::string& code) { return Value::object({{"code", code}}); });
}

void print_issued(const Program& program, const certificates::Issued& issued, const std::string& out) {
    if (program.settings().json()) {
        program.print(Value::object(
            {{"issued", codes_value(issued.codes)},
             {"refused", list_of(issued.refused,
                                 [&](const certificates::Refused& one) {
                                     return Value::object(
                                         {{"person", one.full_name},
                                          {"reason", certificates::reason_text(
                                                         program.texts(), program.language(), one.why)}});
                                 })},
             {"standing", codes_value(issued.standing)},
             {"file", out.empty() ? Value() : Value(out)}}));
        return;
    }
    program.print(program.text("certificate.issued_count", {std::to_string(issued.codes.size()),
                                                            std::to_string(issued.standing.size())}));
    for (const std::string& code : issued.codes) program.print("  " + code);
    for (const certificates::Refused& one : issued.refused)
        program.print(one.full_name + ": " +
                      certificates::reason_text(program.texts(), program.language(), one.why));
}

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

// A fact as a reader of that language writes it; empty when there is none.
std::string fact_text(const Program& program, std::string_view name, const Value& fact) {
    const i18n::Language language = program.language();
    if (const bool* truth = fact.truth()) return program.text(*truth ? "certificate.yes" : "certificate.no");
    if (const std::int64_t* number = fact.number())
        return name == "book_year" ? std::to_string(*number) : i18n::number(language, *number);
    const std::string* text = fact.text();
    if (!text || text->empty()) return "";
    if (name == "state") return program.text("certificate.fact.state." + *text);
    return name.ends_with("_on") || name == "valid_until" || name == "birth" ? i18n::date(language, *text)
                                                                             : *text;
}

// "name: value" for a reader, the object for a script.
void print_facts(const Program& program, const Value& value) {
    if (program.settings().json()) return program.print(value);
    for (const auto& [name, fact] : *value.members())
        if (const std::string text = fact_text(program, name, fact); !text.empty())
            program.print(program.text("certificate.fact." + name) + ": " + text);
}

// A reader of the error output learns why nobody is named.
void warn(const Program& program, std::string_view key, std::initializer_list<std::string> arguments = {}) {
    std::fprintf(stderr, "%s\n", program.text(key, arguments).c_str());
}

// Numbers are given before the file is written: a folder that is none is told before.
bool has_folder(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    return folder.empty() || std::filesystem::is_directory(folder);
}

}  // namespace

Exit issue_certificates(Program& program, const CertificatesWords& words) {
    const auto on = day_of_option("--on", words.on);
    if (!on) return program.refuse(on.refusals());
    if (!has_folder(words.out)) return program.refuse({{"--out", "command.no_folder", {words.out}}});
    const std::string address = certificates::printable_address(program.settings().address);
    if (address.empty()) warn(program, "certificate.no_address");
    const web::Actor actor = program.actor();
    const files::Store store = program.store();
    cohorts::CohortId cohort;
    const auto issued = program.database().write([&](db::Write& tx) -> Outcome<certificates::Issued> {
        const auto found = cohorts::find_for_change(tx, words.cohort);
        if (!found)
            return Refusal{
                "cohort", "cohort.unknown", {words.cohort, nearest(words.cohort, cohorts::cohort_codes(tx))}};
        cohort = found->id;
        const certificates::Order order{(*on).value_or(program.today()), program.today(), address};
        return certificates::issue(tx, actor, store, cohort, order,
                                   cohorts::Act{program.now(), words.reason, {}});
    });
    if (!issued) return program.refuse(issued.refusals());
    // Also what an earlier run left undrawn.
    if (const auto drawn = certificates::draw_now(program.database(), store, cohort, program.now()); !drawn)
        return program.refuse(drawn.refusals());
    const bool has_any = !issued->codes.empty() || !issued->standing.empty();
    if (!words.out.empty() && has_any)
        if (const auto written =
                certificates::write_booklet(program.database(), store, cohort, words.out, program.now());
            !written)
            return program.refuse(written.refusals());
    print_issued(program, *issued, has_any ? words.out : "");
    if (!has_any && issued->refused.empty()) warn(program, "certificate.nobody_enrolled", {words.cohort});
    return has_any ? Exit::done : Exit::refused;
}

Exit check_certificate(Program& program, const CertificatesWords& words) {
    print_facts(program, program.database().read([&](db::Read& tx) {
        return certificates::check_value(certificates::find_certificate(tx, words.code), program.today());
    }));
    return Exit::done;
}

Exit revoke_certificate(Program& program, const CertificatesWords& words) {
    const auto on = day_of_option("--on", words.on);
    if (!on) return program.refuse(on.refusals());
    const web::Actor actor = program.actor();
    const auto outcome = program.database().write([&](db::Write& tx) -> Outcome<Done> {
        if (!certificates::find_certificate(tx, words.code))
            return Refusal{"code", "certificate.unknown", {words.code}};
        return certificates::revoke(tx, actor, words.code, words.ground, (*on).value_or(program.today()),
                                    program.today(), cohorts::Act{program.now(), words.reason, {}});
    });
    if (!outcome) return program.refuse(outcome.refusals());
    if (program.settings().json()) return check_certificate(program, words);
    program.print(program.text("command.recorded"));
    return Exit::done;
}

Exit verify_certificate_offline(Program& program, const CertificatesWords& words) {
    const auto keys = read_file(words.key);
    if (!keys) return program.refuse({{"--key", "certificate.no_key_file", {words.key}}});
    const auto scanned = certificates::verify_offline(words.code, *keys);
    if (!scanned) return program.refuse(scanned.refusals());
    Value value = Value::object({{"state", scanned->state}});
    if (scanned->printed) {
        const Value facts = certificates::printed_value(*scanned->printed);
        for (const auto& [name, fact] : *facts.members()) value.set(name, fact);
        value.set("address", scanned->address).set("address_signed", scanned->address_signed);
    } else {
        value.set("reason", program.texts().text(program.language(), scanned->why.front()));
    }
    print_facts(program, value);
    if (scanned->state == "valid") return Exit::done;
    return scanned->state == "altered" ? Exit::altered : Exit::forged;
}

Exit certificate_key(Program& program, const CertificatesWords& words) {
    const std::string pem = certificates::public_key(program.database(), program.now());
    if (words.out.empty()) {
        program.print(pem);
        return Exit::done;
    }
    std::ofstream file(words.out, std::ios::binary);
    file << pem;
    if (!file.flush()) return program.refuse({{"--out", "command.file_unwritable", {words.out}}});
    return Exit::done;
}

}  // namespace tiendo::app
