#include "platform/auth/actor_of.h"

#include <doctest/doctest.h>

#include "platform/auth/access_token.h"
#include "platform/auth/session.h"
#include "platform/auth/token.h"
#include "platform/db/testing.h"

using namespace tiendo;

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t account = 7, stranger = 8;

// An account with two roles, and a clock that stands until the test moves it.
struct Desk {
    explicit Desk(db::Database& opened) : database(opened) {
        database.write([&](db::Write& tx) {
            tx.run(R"sql(insert into units (id, code, name, search, kind, recorded_at)
                         values (1, 'centre', 'Trung tâm', 'trung tam', 'centre', 0))sql");
            tx.run(R"sql(insert into accounts (id, name, display_name, recorded_at)
                         values (7, 'hanh.nt', 'Nguyễn Thị Hạnh', 0), (8, 'la', 'Người lạ', 0))sql");
            tx.run(R"sql(insert into role_permissions (role, permission)
                         values ('planner', 'plan.see'), ('planner', 'plan.change'), ('reader', 'plan.see'))sql");
            tx.run(R"sql(insert into grants (id, account, role, unit, granted_by, recorded_at)
                         values (1, 7, 'planner', 1, 7, 0), (2, 7, 'reader', 1, 7, 0))sql");
            session = auth::begin_session(tx, account, now);
        });
    }

    void run(std::string_view sql) {
        database.write([&](db::Write& tx) { tx.run(sql); });
    }
    std::string personal_token() {
        return database.write([&](db::Write& tx) {
            return auth::make_personal_token(tx, account, "báo cáo", now, Instant{now.ms + 60 * minute_ms})
                .secret;
        });
    }
    std::optional<web::Actor> by_cookie(std::string token, bool secure = false) {
        http::Request request;
        request.path = "/plans";
        request.secure = secure;
        request.cookies = {{secure ? "__Host-tiendo_session" : "tiendo_session", std::move(token)}};
        return recognise(request);
    }
    std::optional<web::Actor> by_bearer(std::string credentials, std::string path = "/api/v1/plans") {
        http::Request request;
        request.path = std::move(path);
        request.headers = {{"authorization", std::move(credentials)}};
        request.cookies = {{"tiendo_session", session.token}};
        return recognise(request);
    }
    std::optional<web::Actor> recognise(const http::Request& request) {
        return auth::actor_of(database, request, now);
    }
    std::int64_t integer(std::string_view sql) {
        return database.read([&](db::Read& tx) { return tx.integer(sql); });
    }

    db::Database& database;
    Instant now{1'500'000'000'000};
    auth::Session session;
};

void for_each_desk(const std::function<void(Desk&)>& test) {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [&](db::Database& database) {
        Desk desk(database);
        test(desk);
    });
}

}  // namespace

TEST_CASE("tokens are long, random, and kept as digests") {
    const std::string token = auth::new_token();
    CHECK(token.size() == 43);  // 256 bits
    CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          token.npos);
    CHECK(token != auth::new_token());
    CHECK(auth::hex_of(auth::digest_of("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(auth::digest_of_hex(auth::hex_of(auth::digest_of("abc"))) == auth::digest_of("abc"));
    for (const char* wrong :
         {"", "ba", "xyz", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00"})
        CHECK(auth::digest_of_hex(wrong).empty());
    for_each_desk([&](Desk& desk) {
        desk.database.read([&](db::Read& tx) {
            tx.each(R"sql(select token_digest from sessions)sql", {},
                    [&](const db::Row& row) { CHECK(row.view(0) == auth::digest_of(desk.session.token)); });
        });
    });
}

TEST_CASE("a cookie tells who asks, with the permissions of all his roles once") {
    for_each_desk([](Desk& desk) {
        auto actor = desk.by_cookie(desk.session.token);
        REQUIRE(actor);
        CHECK(actor->account == account);
        CHECK(actor->name == "Nguyễn Thị Hạnh");
        CHECK(actor->csrf == desk.session.csrf);
        CHECK_FALSE(actor->by_bearer);
        std::sort(actor->permissions.begin(), actor->permissions.end());
        CHECK(actor->permissions == std::vector<std::string>{"plan.change", "plan.see"});

        CHECK_FALSE(desk.by_cookie(""));
        CHECK_FALSE(desk.by_cookie(auth::new_token()));
        CHECK_FALSE(desk.by_cookie(auth::digest_of(desk.session.token)));
    });
}

TEST_CASE("the cookie is for this host, for no script, and over TLS for TLS only") {
    const auth::Session session{"secret", "csrf", {}};
    CHECK(http::to_text(auth::cookie_of(session, false)) ==
          "tiendo_session=secret; Path=/; HttpOnly; SameSite=Lax");
    CHECK(http::to_text(auth::cookie_of(session, true)) ==
          "__Host-tiendo_session=secret; Path=/; HttpOnly; SameSite=Lax; Secure");
    CHECK(http::to_text(auth::cookie_gone(false)) ==
          "tiendo_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    for_each_desk([](Desk& desk) {
        CHECK(desk.by_cookie(desk.session.token, true));
        http::Request request;
        request.secure = true;
        request.cookies = {{"tiendo_session", desk.session.token}};
        CHECK_FALSE(desk.recognise(request));
    });
}

TEST_CASE("a session ends after half an hour at rest") {
    for_each_desk([](Desk& desk) {
        for (int visit = 0; visit < 3; ++visit) {
            desk.now.ms += 29 * minute_ms;
            CHECK(desk.by_cookie(desk.session.token));
        }
        desk.now.ms += 30 * minute_ms;
        CHECK_FALSE(desk.by_cookie(desk.session.token));
    });
}

TEST_CASE("a session ends after twelve hours, however busy") {
    for_each_desk([](Desk& desk) {
        for (int i = 0; i < 12 * 60 / 20 - 1; ++i) {
            desk.now.ms += 20 * minute_ms;
            REQUIRE(desk.by_cookie(desk.session.token));
        }
        desk.now.ms += 20 * minute_ms;
        CHECK_FALSE(desk.by_cookie(desk.session.token));
    });
}

TEST_CASE("reading pages costs one statement, and one write a minute") {
    for_each_desk([](Desk& desk) {
        const auto statements = [&] {
            const std::int64_t before = db::statements_run();
            CHECK(desk.by_cookie(desk.session.token));
            return db::statements_run() - before;
        };
        const std::int64_t quiet = statements();
        desk.now.ms += auth::seen_every_ms - 1;
        CHECK(statements() == quiet);
        CHECK(desk.integer(R"sql(select seen_at from sessions)sql") == 1'500'000'000'000);
        desk.now.ms += 1;
        CHECK(statements() == quiet + 1);
        CHECK(desk.integer(R"sql(select seen_at from sessions)sql") == desk.now.ms);
        CHECK(statements() == quiet);
        CHECK(quiet == 1);
    });
}

TEST_CASE("what is revoked or disabled is so at once") {
    for_each_desk([](Desk& desk) {
        desk.run(R"sql(update grants set revoked_at = 1 where id = 1)sql");
        CHECK(desk.by_cookie(desk.session.token)->permissions == std::vector<std::string>{"plan.see"});
        desk.run(R"sql(update grants set revoked_at = 1 where id = 2)sql");
        REQUIRE(desk.by_cookie(desk.session.token));
        CHECK(desk.by_cookie(desk.session.token)->permissions.empty());
        desk.run(R"sql(update accounts set disabled_at = 1 where id = 7)sql");
        CHECK_FALSE(desk.by_cookie(desk.session.token));
    });
}

TEST_CASE("sessions are ended one by one, all but one, or all; never another's") {
    for_each_desk([](Desk& desk) {
        auth::Session second, third, other;
        desk.database.write([&](db::Write& tx) {
            second = auth::begin_session(tx, account, {desk.now.ms + 1});
            third = auth::begin_session(tx, account, {desk.now.ms + 2});
            other = auth::begin_session(tx, stranger, desk.now);
        });
        desk.now.ms += 3;
        desk.database.read([&](db::Read& tx) {
            const auto open = auth::open_sessions(tx, account, desk.now);
            REQUIRE(open.size() == 3);
            CHECK(open.front().digest == auth::digest_of(third.token));
        });
        desk.database.write([&](db::Write& tx) {
            CHECK_FALSE(auth::end_session_of(tx, account, auth::digest_of(other.token), desk.now));
            CHECK(auth::end_session_of(tx, account, auth::digest_of(second.token), desk.now));
            CHECK_FALSE(auth::end_session_of(tx, account, auth::digest_of(second.token), desk.now));
        });
        CHECK_FALSE(desk.by_cookie(second.token));
        desk.database.write(
            [&](db::Write& tx) { CHECK(auth::end_sessions(tx, account, desk.now, third.token) == 1); });
        CHECK_FALSE(desk.by_cookie(desk.session.token));
        CHECK(desk.by_cookie(third.token));
        desk.database.write([&](db::Write& tx) { auth::end_session(tx, third.token, desk.now); });
        CHECK_FALSE(desk.by_cookie(third.token));
        CHECK(desk.by_cookie(other.token));
    });
}

TEST_CASE("sessions long over are forgotten, but the last one stays to tell when it was") {
    for_each_desk([](Desk& desk) {
        desk.now.ms += auth::sessions_kept_ms * 2;
        desk.database.write([&](db::Write& tx) { auth::begin_session(tx, stranger, desk.now); });
        CHECK(desk.integer(R"sql(select count(*) from sessions where account = 7)sql") == 1);
        desk.database.write([&](db::Write& tx) { auth::begin_session(tx, account, desk.now); });
        CHECK(desk.integer(R"sql(select count(*) from sessions where account = 7)sql") == 1);
    });
}

TEST_CASE("a bearer token opens the interface for programs and nothing else") {
    for_each_desk([](Desk& desk) {
        const std::string token = desk.personal_token();
        CHECK(token.substr(0, 4) == "tdo_");
        auto actor = desk.by_bearer("Bearer " + token);
        REQUIRE(actor);
        CHECK(actor->account == account);
        CHECK(actor->by_bearer);
        CHECK(actor->csrf.empty());
        CHECK(actor->permissions.size() == 2);
        CHECK(desk.by_bearer("bearer " + token));
        CHECK(desk.integer(R"sql(select used_at from access_tokens)sql") == desk.now.ms);

        // Outside it counts for nothing, and inside it never falls back on the cookie.
        CHECK_FALSE(desk.by_bearer("Bearer " + token, "/plans")->by_bearer);
        CHECK_FALSE(desk.by_bearer("Bearer " + auth::new_token()));
        CHECK_FALSE(desk.by_bearer("Basic " + token));
        CHECK_FALSE(desk.by_bearer("Bearer"));
        CHECK_FALSE(desk.by_cookie(token));
        CHECK_FALSE(desk.by_bearer("Bearer " + desk.session.token));

        desk.now.ms += 60 * minute_ms;
        CHECK_FALSE(desk.by_bearer("Bearer " + token));
    });
}

TEST_CASE("a bearer token stops with its revocation, its account, and is no sign-in link") {
    for_each_desk([](Desk& desk) {
        const std::string link = desk.database.write(
            [&](db::Write& tx) { return auth::make_sign_in_link(tx, account, desk.now); });
        const std::string first = desk.personal_token();
        CHECK_FALSE(desk.by_bearer("Bearer " + link));
        CHECK(desk.by_bearer("Bearer " + first));
        desk.database.write([&](db::Write& tx) {
            const auto tokens = auth::personal_tokens(tx, account, desk.now);
            REQUIRE(tokens.size() == 1);
            CHECK(tokens.front().label == "báo cáo");
            CHECK(tokens.front().used_at == desk.now);
            CHECK_FALSE(auth::revoke_personal_token(tx, stranger, tokens.front().id, desk.now));
            CHECK(auth::revoke_personal_token(tx, account, tokens.front().id, desk.now));
            CHECK_FALSE(auth::revoke_personal_token(tx, account, tokens.front().id, desk.now));
            CHECK(auth::personal_tokens(tx, account, desk.now).empty());
        });
        CHECK_FALSE(desk.by_bearer("Bearer " + first));

        const std::string second = desk.personal_token();
        CHECK(desk.by_bearer("Bearer " + second));
        desk.run(R"sql(update accounts set disabled_at = 1 where id = 7)sql");
        CHECK_FALSE(desk.by_bearer("Bearer " + second));
    });
}

TEST_CASE("a one-time link works once, for a day, and not after a newer one") {
    for_each_desk([](Desk& desk) {
        const auto link = [&] {
            return desk.database.write(
                [&](db::Write& tx) { return auth::make_sign_in_link(tx, account, desk.now); });
        };
        const auto works = [&](const std::string& token) {
            return desk.database.read(
                [&](db::Read& tx) { return auth::find_sign_in_link(tx, token, desk.now); });
        };
        const auto use = [&](const std::string& token) {
            return desk.database.write(
                [&](db::Write& tx) { return auth::use_sign_in_link(tx, token, desk.now); });
        };
        const std::string first = link();
        REQUIRE(works(first));
        CHECK(works(first)->account == account);
        CHECK_FALSE(works(auth::new_token()));
        CHECK(use(first));
        CHECK_FALSE(works(first));
        CHECK_FALSE(use(first));

        const std::string lost = link();
        const std::string second = link();
        CHECK_FALSE(works(lost));
        CHECK_FALSE(use(lost));
        desk.now.ms += auth::sign_in_link_ms - 1;
        CHECK(works(second));
        desk.now.ms += 1;
        CHECK_FALSE(works(second));
        CHECK_FALSE(use(second));
        CHECK_FALSE(use(desk.personal_token()));
    });
}
