#include "app/program.h"

#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "features/accounts/accounts.h"
#include "platform/json/json.h"

extern "C" const tiendo::EmbeddedEntry embedded_locales[];
extern "C" const tiendo::EmbeddedEntry embedded_migrations[];

namespace tiendo::app {

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
