#include "app/program.h"

#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "features/accounts/accounts.h"
#include "features/eligibility/eligibility.h"
#include "platform/json/json.h"

extern "C" const tiendo::EmbeddedEntry embedded_locales[];
extern "C" const tiendo::EmbeddedEntry embedded_migrations[];

namespace tiendo::app {

bool is_founded(db::Read& tx) { return tx.integer(R"sql(select count(*) from units)sql") > 0; }

Program::Program(Settings settings)
    : settings_(std::move(settings)),
      texts_(files_of(embedded_locales)),
      language_(i18n::parse_language(settings_.language).value_or(i18n::Language::vi)) {
    if (settings_.now.empty()) return;
    fixed_now_ = parse_instant(settings_.now);
    if (!fixed_now_) throw std::invalid_argument(text("command.no_instant", {"--now", settings_.now}));
}

Instant Program::now() const { return fixed_now_.value_or(system_now()); }

db::Database& Program::database() {
    if (database_) return *database_;
    const bool in_folder = settings_.database.empty();
    std::filesystem::create_directories(settings_.data);
    auto opened = db::open(in_folder ? settings_.data + "/tiendo.sqlite" : settings_.database);
    db::migrate(*opened, files_of(embedded_migrations));
    if (opened->read([](db::Read& tx) { return accounts::roles_are_settled(tx); }) == false)
        opened->write([](db::Write& tx) { accounts::settle_roles(tx); });
    // What the product has come to bring since the centre was founded.
    const bool brings_more = opened->read(
        [](db::Read& tx) { return is_founded(tx) && !eligibility::templates_are_installed(tx); });
    if (brings_more)
        opened->write([this](db::Write& tx) {
            eligibility::install_templates(tx, accounts::operator_actor(tx), now());
        });
    database_ = std::move(opened);
    return *database_;
}

web::Actor Program::actor() {
    return database().read([](db::Read& tx) { return accounts::operator_actor(tx); });
}

void Program::print(const std::string& line) const { std::printf("%s\n", line.c_str()); }
void Program::print(const Value& value) const {
    std::printf("%s\n", json::write(value, json::Layout::pretty).c_str());
}

Exit Program::refuse(const Refusals& refusals) const {
    if (settings_.json())
        print(Value::object({{"refusals", list_of(refusals, [&](const Refusal& refusal) {
                                  return Value::object({{"field", refusal.field},
                                                        {"key", refusal.message},
                                                        {"message", texts_.text(language_, refusal)}});
                              })}}));
    else
        for (const Refusal& refusal : refusals)
            std::fprintf(stderr, "%s\n", texts_.text(language_, refusal).c_str());
    return Exit::refused;
}

}  // namespace tiendo::app
