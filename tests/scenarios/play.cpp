#include "play.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <thread>

#include "matching.h"
#include "sheet_text.h"
#include "visitor.h"

namespace fs = std::filesystem;

namespace scenario {
namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

// The cast, by their accounts in the demonstration year; anybody else is an account's name.
std::string account_of(std::string character) {
    static const std::map<std::string, std::string> cast = {
        {"director", "giamdoc"}, {"training officer", "daotao"}, {"unit officer", "donvi"},
        {"auditor", "kiemtra"},  {"administrator", "admin"},     {"outsider", "ngoai"}};
    if (character.rfind("the ", 0) == 0) character.erase(0, 4);
    const auto found = cast.find(character);
    return found == cast.end() ? character : found->second;
}

class Stage {
 public:
    explicit Stage(const Place& place) : place_(place) {}

    void perform(Step step) {
        step.rest = filled_in(step.rest);
        for (auto& line : step.block) line = filled_in(line);
        const auto& verb = step.verb;
        if (verb == "at")
            set_clock(step);
        else if (verb == "file")
            write_file(step);
        else if (verb == "$")
            command(step);
        else if (verb == "as")
            character_ = step.rest;
        else if (verb == "GET")
            answered(step, visitor(step).get(origin(), step.rest));
        else if (verb == "POST")
            post(step);
        else if (verb == "follow")
            follow(step);
        else if (verb == "again")
            answered(step, visitor(step).again());
        else if (verb == "until")
            wait_until(step);
        else if (verb == "let")
            remember(step);
        else
            expect(step);
    }

    void end() {
        if (server_) server_->stop();
    }

 private:
    // {name} becomes what "let name = …" remembered; other braces stay.
    std::string filled_in(std::string text) const {
        for (const auto& [name, value] : remembered_) {
            const auto placeholder = "{" + name + "}";
            for (auto at = text.find(placeholder); at != text.npos;
                 at = text.find(placeholder, at + value.size()))
                text.replace(at, placeholder.size(), value);
        }
        return text;
    }

    void set_clock(const Step& step) {
        now_ = step.rest;
        // A server keeps the clock it was started with.
        if (server_) server_->stop();
        server_.reset();
    }

    void write_file(const Step& step) {
        const fs::path name = step.rest;
        if (name.has_parent_path()) throw Failure(step.line, "a file has a plain name");
        const bool is_table = name.extension() == ".csv" &&
                              std::any_of(step.block.begin(), step.block.end(),
                                          [](const auto& row) { return row.find('|') != row.npos; });
        std::ofstream(place_.files() / name, std::ios::binary)
            << (is_table ? csv_of(step.block) : joined(step.block));
    }

    void command(const Step& step) {
        const auto ended = run(step.rest, place_.files(), place_.environment(now_));
        output_ = ended.out;
        everything_ = ended.out + ended.err;
        answer_.reset();
        const int expected = step.expected_code.value_or(0);
        if (ended.code != expected)
            throw Failure(step.line, "exit code " + std::to_string(ended.code) + ", expected " +
                                         std::to_string(expected) + "\n" + everything_);
        if (step.block.empty()) return;
        if (const auto fault = difference(step.block, everything_)) throw Failure(step.line, *fault);
    }

    const std::string& origin() {
        if (!server_)
            server_.emplace("tiendo serve --listen 127.0.0.1:0", place_.files(), place_.environment(now_));
        return server_->origin();
    }

    Visitor& visitor(const Step& step) {
        if (character_.empty()) throw Failure(step.line, "who asks? write: as CHARACTER, or: as nobody");
        const auto known = visitors_.find(character_);
        if (known != visitors_.end()) return known->second;
        auto& fresh = visitors_[character_];
        if (character_ != "nobody") sign_in(step, fresh);
        return fresh;
    }

    // Through a one-time link, so that no scenario knows a password.
    void sign_in(const Step& step, Visitor& visitor) {
        const auto ended = run("tiendo sign-in-link --account " + account_of(character_), place_.files(),
                               place_.environment(now_));
        if (ended.code != 0)
            throw Failure(step.line, "no sign-in link for " + character_ + ": " + ended.out + ended.err);
        visitor.sign_in(origin(), ended.out);
    }

    void post(const Step& step) {
        const auto words = words_of(step);
        Fields fields;
        for (auto word = words.begin() + 1; word != words.end(); ++word) {
            const auto equals = word->find('=');
            if (equals == word->npos) throw Failure(step.line, "\"" + *word + "\" is no field=value");
            fields.emplace_back(word->substr(0, equals), word->substr(equals + 1));
        }
        auto& who = visitor(step);
        answered(step, who.post(origin(), words.front(), fields, place_.files()));
    }

    // follow "Lớp ĐVM-03": the link with that text; follow alone would be a guess.
    void follow(const Step& step) {
        auto& who = visitor(step);
        const auto text = quoted(step);
        const auto target = link_target(who.last_page().body, text);
        if (!target)
            throw Failure(step.line, "the page has no link \"" + text + "\":\n" + page_text(who.last_page()));
        answered(step, who.get(origin(), *target));
    }

    // until "text": work that goes on behind the page is looked at again and again.
    void wait_until(const Step& step) {
        const bool of_json = step.rest.rfind("json ", 0) == 0;
        const auto wanted = of_json ? step.rest.substr(5) : quoted(step);
        const auto there = [&] {
            return of_json ? !json_difference(output_, wanted) : holds(everything_, wanted);
        };
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!there()) {
            if (std::chrono::steady_clock::now() > end)
                throw Failure(step.line, "not so for 30 s: " + step.rest + "\nin:\n" + everything_);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            answered(step, visitor(step).again());
        }
    }

    void answered(const Step& step, const Answer& answer) {
        answer_ = answer;
        output_ = answer.body;
        everything_ = page_text(answer);
        const bool good = step.expected_code ? answer.status == *step.expected_code : answer.status / 100 < 4;
        if (!good)
            throw Failure(step.line,
                          "status " + std::to_string(answer.status) + ", expected " +
                              (step.expected_code ? std::to_string(*step.expected_code) : "2xx or 3xx") +
                              "\n" + everything_);
        if (!answer.is_html()) return;
        if (const auto key = raw_key(everything_))
            throw Failure(step.line, "the page shows the key of a text nobody wrote: " + *key);
    }

    static std::string page_text(const Answer& answer) {
        if (answer.is_workbook()) return sheet_text(answer.body);
        return answer.is_html() ? visible_text(answer.body) : answer.body;
    }

    void remember(const Step& step) {
        static const std::regex form("^([a-z_]+) = (json|link|field|header|output) ?(.*)$");
        std::smatch match;
        if (!std::regex_match(step.rest, match, form))
            throw Failure(step.line,
                          "write: let NAME = json PATH | link \"TEXT\" | field NAME | header NAME | output");
        const auto source = match[2].str();
        const auto what = match[3].str();
        std::optional<std::string> value;
        try {
            if (source == "json") value = json_value(output_, what);
        } catch (const std::runtime_error& error) {
            throw Failure(step.line, error.what());
        }
        if (source == "link") value = link_target(output_, quoted({step.line, "link", what, {}, {}}));
        if (source == "field") value = field(what);
        if (source == "header") value = header(what);
        if (source == "output") value = output_.substr(0, output_.find_last_not_of(" \n") + 1);
        if (!value) throw Failure(step.line, "there is no " + source + " " + what + " in:\n" + everything_);
        remembered_[match[1]] = *value;
    }

    std::optional<std::string> field(const std::string& name) const {
        for (const auto& form : forms_of(output_))
            for (const auto* list : {&form.fields, &form.hidden})
                for (const auto& [key, value] : *list)
                    if (key == name) return value;
        return {};
    }

    std::optional<std::string> header(const std::string& name) const {
        if (!answer_) return {};
        return answer_->header(name);
    }

    void expect(const Step& step) {
        std::optional<std::string> fault;
        if (step.verb == "prints nothing") {
            if (!everything_.empty()) fault = "it printed:\n" + everything_;
        } else if (step.verb == "json") {
            fault = json_difference(output_, step.rest);
        } else if (step.verb == "sees" || step.verb == "does not see") {
            const bool wanted = step.verb == "sees";
            if (holds(everything_, quoted(step)) != wanted)
                fault = (wanted ? "not to be seen: " : "to be seen, and should not be: ") + step.rest +
                        "\nin:\n" + everything_;
        } else if (step.verb == "goes to") {
            compare("location", answer_ ? answer_->header("location") : "", step.rest, fault);
        } else if (step.verb == "header" || step.verb == "field") {
            const auto equals = step.rest.find(" = ");
            if (equals == step.rest.npos) throw Failure(step.line, "write: " + step.verb + " NAME = VALUE");
            const auto name = step.rest.substr(0, equals);
            const auto found = step.verb == "field" ? field(name) : header(name);
            compare(name, found.value_or("absent"), step.rest.substr(equals + 3), fault);
        }
        if (fault) throw Failure(step.line, *fault);
    }

    static void compare(const std::string& name, const std::string& found, const std::string& expected,
                        std::optional<std::string>& fault) {
        if (difference({expected}, found))
            fault = name + " is \"" + found + "\", expected \"" + expected + "\"";
    }

    const Place& place_;
    std::string now_;
    std::map<std::string, std::string> remembered_;
    std::optional<Server> server_;
    std::string character_;
    std::map<std::string, Visitor> visitors_;
    // The last answer, of a command or of the server.
    std::optional<Answer> answer_;
    std::string output_;      // standard output, or the body
    std::string everything_;  // with standard error, or the text a reader sees
};

}  // namespace

void play(const Scenario& scenario, const Place& place) {
    Stage stage(place);
    for (const auto& step : scenario.steps) {
        try {
            stage.perform(step);
        } catch (const Failure&) {
            throw;
        } catch (const std::exception& error) {
            throw Failure(step.line, error.what());
        }
    }
    try {
        stage.end();
    } catch (const std::exception& error) {
        throw Failure(scenario.steps.back().line, error.what());
    }
}

}  // namespace scenario
