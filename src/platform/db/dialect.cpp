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

Token token_at(std::string_view sql, std::size_t at) {
    const auto two = sql.substr(at, 2);
    const auto token = [&](TokenKind kind, std::size_t end) { return Token{kind, sql.substr(at, end - at)}; };
    if (is_space(sql[at])) return token(TokenKind::blank, end_of_run(sql, at, is_space));
    if (two == "--") return token(TokenKind::blank, end_after(sql, at, "\n"));
    if (two == "/*") return token(TokenKind::blank, end_after(sql, at + 2, "*/"));
    if (sql[at] == '\'' || sql[at] == '"') return token(TokenKind::quoted, end_of_quoted(sql, at));
    if (begins_name(sql[at])) return token(TokenKind::word, end_of_run(sql, at, continues_name));
    if (two == "::") return token(TokenKind::mark, at + 2);
    if (sql[at] == ':' && two.size() == 2 && begins_name(two[1]))
        return token(TokenKind::parameter, end_of_run(sql, at + 1, continues_name));
    if (sql[at] >= '0' && sql[at] <= '9') return token(TokenKind::mark, end_of_run(sql, at, continues_name));
    return token(TokenKind::mark, at + 1);
}

std::vector<Token> tokens_of(std::string_view sql) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < sql.size(); at += tokens.back().text.size())
        tokens.push_back(token_at(sql, at));
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

// Looks no further than it must: this is asked before every change.
bool begins_with(std::string_view sql, std::initializer_list<std::string_view> words) {
    std::size_t at = 0;
    for (const auto word : words) {
        Token token{TokenKind::blank, {}};
        while (at < sql.size() && token.kind == TokenKind::blank) {
            token = token_at(sql, at);
            at += token.text.size();
        }
        if (!is_word(token, word)) return false;
    }
    return true;
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
    return begins_with(statement, {"create"}) || begins_with(statement, {"alter"}) || drops(statement);
}

bool drops(std::string_view statement) { return begins_with(statement, {"drop"}); }

bool creates_temporary_table(std::string_view statement) {
    return begins_with(statement, {"create", "temporary", "table"}) ||
           begins_with(statement, {"create", "temp", "table"});
}

std::string adapted(Kind kind, std::string_view statement) {
    const bool creates = begins_with(statement, {"create", "table"}) || creates_temporary_table(statement);
    if (!creates && !begins_with(statement, {"alter", "table"})) return std::string(statement);

    const auto tokens = tokens_of(statement);
    const auto at = solid(tokens);
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
