// RUN: %check %s async-look-up-across-suspend

#include "asio.hpp"
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <functional>
#include <optional>
#include <seastar/core/coroutine.hh>
#include <seastar/core/loop.hh>
#include <string>
#include <vector>

struct Room {
  const std::vector<int> &guests() const;
  std::string name() const;
  int count;
};

class Hotel {
public:
  Room &findRoom(int number);
  Room &find_or_make(int number);
  const Room &lookup(int number) const;
  std::optional<std::reference_wrapper<const Room>> find_suite(std::string name);
  Room &lobby();
  void removeRoom(int number);
};

// Rooms are never removed here.
class Motel {
public:
  Room &findRoom(int number);
};

cppcoro::task<> step();
folly::coro::Task<void> folded();
asio::awaitable<void> rest();
seastar::future<> greet(int guest, std::string room);

cppcoro::task<> counts(Hotel &hotel) {
  auto &room = hotel.findRoom(1);
  co_await step();
  ++room.count;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'room' is what 'Hotel::findRoom' has found, and is used after a suspension in which 'Hotel::removeRoom' may have removed it; look it up again, or copy what is needed before [async-look-up-across-suspend]
  // CHECK-NOTES: :[[@LINE-2]]:5: warning: 'room' is what
  // CHECK-NOTES-NEXT: :[[@LINE-5]]:9: note: found here
  // CHECK-NOTES-NEXT: :[[@LINE-21]]:8: note: declared here
}
asio::awaitable<void> pointed(Hotel *hotel) {
  Room &room = hotel->find_or_make(1);
  co_await rest();
  room.count = 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'room' is what 'Hotel::find_or_make' has found
}
class Desk {
public:
  folly::coro::Task<void> call() {
    auto &room = hotel_.findRoom(1);
    for (int i = 0; i != 2; ++i) {
      ++room.count;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'room' is what 'Hotel::findRoom' has found
      co_await folded();
    }
  }

private:
  Hotel &hotel_;
};
template <class Place> cppcoro::task<> any(Place &place) {
  auto &room = place.findRoom(1);
  co_await step();
  ++room.count;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'room' is what 'Hotel::findRoom' has found
}
template cppcoro::task<> any(Hotel &);
template cppcoro::task<> any(Motel &);

// Loops that come back.
seastar::future<> greetAll(Hotel &hotel, std::vector<int> &guests) {
  auto &room = hotel.findRoom(1);
  return seastar::max_concurrent_for_each(
      guests, 4, [&room](int guest) { return greet(guest, room.name()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:59: warning: 'room' is what 'Hotel::findRoom' has found, and this loop goes on when 'Hotel::removeRoom' may have removed it; copy what is needed before it begins
}
seastar::future<> greetSuite(Hotel &hotel) {
  auto suite = hotel.find_suite("royal");
  if (!suite)
    return seastar::make_ready_future<>();
  return seastar::do_for_each(suite->get().guests(), [](int guest) {
    // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: this loop is suspended between the elements of what 'Hotel::find_suite' has found, and 'Hotel::removeRoom' may have removed it meanwhile; loop over a copy
    return greet(guest, "royal");
  });
}
seastar::future<> greetMotel(Motel &motel) {
  return seastar::do_for_each(motel.findRoom(1).guests(), [](int guest) {
    // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: this loop is suspended between the elements of what 'Motel::findRoom' has found, and others may have removed it meanwhile
    return greet(guest, "motel");
  });
}

// Right.
cppcoro::task<> again(Hotel &hotel) {
  {
    auto &room = hotel.findRoom(1);
    ++room.count;
  }
  co_await step();
  auto &room = hotel.findRoom(1);
  ++room.count;
}
cppcoro::task<> copied(Hotel &hotel) {
  auto room = hotel.findRoom(1);
  co_await step();
  ++room.count;
}
cppcoro::task<> own() {
  Hotel hotel;
  auto &room = hotel.findRoom(1);
  co_await step();
  ++room.count;
}
cppcoro::task<int> constant(const Hotel &hotel) {
  auto &room = hotel.lookup(1);
  co_await step();
  co_return room.count;
}
cppcoro::task<> unnamed(Hotel &hotel) {
  auto &room = hotel.lobby();
  co_await step();
  ++room.count;
}
cppcoro::task<> kept(Motel &motel) {
  auto &room = motel.findRoom(1);
  co_await step();
  ++room.count;
}
cppcoro::task<> locked(Hotel &hotel, cppcoro::async_mutex &mutex) {
  auto lock = co_await mutex.scoped_lock_async();
  auto &room = hotel.findRoom(1);
  co_await step();
  ++room.count;
}
struct Reservation {
  explicit Reservation(Room &);
  ~Reservation();
};
cppcoro::task<> reserved(Hotel &hotel) {
  auto &room = hotel.findRoom(1);
  Reservation keep(room);
  co_await step();
  ++room.count;
}
seastar::future<> byCopy(Hotel &hotel, std::vector<int> &guests) {
  auto &room = hotel.findRoom(1);
  return seastar::max_concurrent_for_each(
      guests, 4, [name = room.name()](int guest) { return greet(guest, name); });
}
seastar::future<> copyOfAll(Hotel &hotel) {
  auto guests = hotel.findRoom(1).guests();
  co_await seastar::do_for_each(guests,
                                [](int guest) { return greet(guest, ""); });
}
