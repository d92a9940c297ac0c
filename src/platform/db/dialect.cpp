#include "platform/db/dialect.h"

#include <algorithm>

#include "base/text.h"

namespace tiendo::db {
namespace {

enum class TokenKind { word, parameter, quoted, blank, mark };

struct Token {
    TokenKind kind;
    std::string_view text;
};

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continues_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Where the token that starts at `at` ends. A quote that never closes runs to the end:
// the database will say so better than we could.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
    const char quote = sql[at];
    for (std::size_t i = at + 1; i < sql.size(); ++i) {
        if (sql[i] != quote) continue;
        if (i + 1 < sql.size() && sql[i + 1] == quote)
            ++i;  // a doubled quote is one inside
        else
            return i + 1;
    }
    return sql.size();
}

std::size_t end_after(std::string_view sql, std::size_t at, std::string_view closing) {
    const auto found = sql.find(closing, at);
    return found == sql.npos ? sql.size() : found + closing.size();
}

std::size_t end_of_run(std::string_view sql, std::size_t at, bool (*belongs)(char)) {
    while (at < sql.size() && belongs(sql[at])) ++at;
    return at;
}

std::vector<Token> tokens_of(std::string_view sql) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < sql.size();) {
        const auto two = sql.substr(at, 2);
        std::size_t end = at + 1;
        TokenKind kind = TokenKind::mark;
        if (is_space(sql[at])) {
            kind = TokenKind::blank;
            end = end_of_run(sql, at, is_space);
        } else if (two == "--") {
            kind = TokenKind::blank;
            end = end_after(sql, at, "\n");
        } else if (two == "/*") {
            kind = TokenKind::blank;
            end = end_after(sql, at + 2, "*/");
        } else if (sql[at] == '\'' || sql[at] == '"') {
            kind = TokenKind::quoted;
            end = end_of_quoted(sql, at);
        } else if (begins_name(sql[at])) {
            kind = TokenKind::word;
            end = end_of_run(sql, at, continues_name);
        } else if (two == "::") {
            end = at + 2;
        } else if (sql[at] == ':' && two.size() == 2 && begins_name(two[1])) {
            kind = TokenKind::parameter;
            end = end_of_run(sql, at + 1, continues_name);
        } else if (sql[at] >= '0' && sql[at] <= '9') {
            end = end_of_run(sql, at, continues_name);
        }
        tokens.push_back({kind, sql.substr(at, end - at)});
        at = end;
    }
    return tokens;
}

bool is_word(const Token& token, std::string_view word) {
    return token.kind == TokenKind::word && lower_ascii(token.text) == word;
}

// Positions of the tokens that mean something.
std::vector<std::size_t> solid(const std::vector<Token>& tokens) {
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (tokens[i].kind != TokenKind::blank) at.push_back(i);
    return at;
}

bool begins_with(const std::vector<Token>& tokens, const std::vector<std::size_t>& at,
                 std::initializer_list<std::string_view> words) {
    std::size_t i = 0;
    for (const auto word : words) {
        if (i >= at.size() || !is_word(tokens[at[i]], word)) return false;
        ++i;
    }
    return true;
}

bool temporary(const std::vector<Token>& tokens, const std::vector<std::size_t>& at) {
    return begins_with(tokens, at, {"create", "temporary", "table"}) ||
           begins_with(tokens, at, {"create", "temp", "table"});
}

}  // namespace

std::vector<std::string> statements_of(std::string_view file) {
    std::vector<std::string> statements;
    std::string statement;
    bool says_something = false;
    const auto finish = [&] {
        if (says_something) statements.push_back(statement);
        statement.clear();
        says_something = false;
    };
    for (const auto& token : tokens_of(file)) {
        if (token.kind == TokenKind::mark && token.text == ";") {
            finish();
            continue;
        }
        if (token.kind != TokenKind::blank) says_something = true;
        if (says_something) statement += token.text;
    }
    finish();
    return statements;
}

bool defines(std::string_view statement) {
    const auto tokens = tokens_of(statement);
    const auto at = solid(tokens);
    return begins_with(tokens, at, {"create"}) || begins_with(tokens, at, {"alter"}) ||
           begins_with(tokens, at, {"drop"});
}

bool creates_temporary_table(std::string_view statement) {
    const auto tokens = tokens_of(statement);
    return temporary(tokens, solid(tokens));
}

std::string adapted(Kind kind, std::string_view statement) {
    const auto tokens = tokens_of(statement);
    const auto at = solid(tokens);
    const bool creates = begins_with(tokens, at, {"create", "table"}) || temporary(tokens, at);
    if (!creates && !begins_with(tokens, at, {"alter", "table"})) return std::string(statement);

    std::vector<std::string> words(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) words[i] = tokens[i].text;
    bool key_of_several_columns = false;
    for (std::size_t i = 1; i < at.size(); ++i) {
        const auto next = [&](std::size_t n) { return i + n < at.size() ? tokens[at[i + n]] : Token{}; };
        if (is_word(tokens[at[i]], "primary") && is_word(next(1), "key") && next(2).text == "(")
            key_of_several_columns = true;
        if (kind == Kind::sqlite && is_word(tokens[at[i]], "bigint") && is_word(next(1), "primary"))
            words[at[i]] = "integer";
        // A type follows the column's name; `text` anywhere else is a name itself.
        if (kind == Kind::postgresql && is_word(tokens[at[i]], "text") &&
            tokens[at[i - 1]].kind != TokenKind::mark && !is_word(next(1), "collate"))
            words[at[i]] += " collate \"C\"";
    }
    std::string sql;
    for (const auto& word : words) sql += word;
    if (kind == Kind::sqlite && creates && key_of_several_columns) sql += "\nwithout rowid";
    return sql;
}

Numbered numbered(std::string_view sql) {
    Numbered result;
    for (const auto& token : tokens_of(sql)) {
        if (token.kind != TokenKind::parameter) {
            result.sql += token.text;
            continue;
        }
        const auto name = token.text.substr(1);
        auto found = std::find(result.names.begin(), result.names.end(), name);
        if (found == result.names.end()) found = result.names.insert(found, std::string(name));
        result.sql += '$' + std::to_string(found - result.names.begin() + 1);
    }
    return result;
}

}  // namespace tiendo::db
