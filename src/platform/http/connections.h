// Who is connected, and until when each may stay.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace tiendo::http {

// One look at all deadlines a few times a second costs less than a timer for each connection
// that moves with every request.
class Connections {
 public:
    class Guest : public std::enable_shared_from_this<Guest> {
     public:
        explicit Guest(Connections& all) : all_(all) {}
        virtual ~Guest();  // leaves
        Guest(const Guest&) = delete;

        void give(std::chrono::milliseconds time);
        void give_all_time() { deadline_ = never; }
        bool is_late() const;

     protected:
        // From whatever thread looks: the deadline has passed, or the house closes.
        virtual void hear_that_time_is_up() = 0;
        virtual void hear_that_we_close() = 0;

     private:
        friend class Connections;
        static constexpr std::int64_t never = INT64_MAX;
        Connections& all_;
        std::atomic<std::int64_t> deadline_ = never;  // milliseconds of the steady clock
    };

    // Only when it is whole: whoever is told something must be there to be held.
    void enter(const std::shared_ptr<Guest>& guest);
    std::size_t number() const;
    void tell_the_late();
    void tell_all_that_we_close();

 private:
    template <class Choose>
    void tell(Choose chosen, void (Guest::*what)());
    mutable std::mutex mutex_;
    std::unordered_map<const Guest*, std::weak_ptr<Guest>> guests_;
};

}  // namespace tiendo::http
