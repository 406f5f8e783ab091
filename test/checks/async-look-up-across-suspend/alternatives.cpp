// RUN: %check %s async-look-up-across-suspend

#include "asio.hpp"
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <memory>
#include <variant>

struct Idle {};
struct Playing {
  int position;
};

struct Mode {
  std::variant<Idle, Playing> value;
  template <class T> T &get() { return std::get<T>(value); }
};

class Player {
public:
  Mode &mode();
  void change(Mode next);
};
// The mode stays what it is.
class Record {
public:
  Mode &mode();
};

cppcoro::task<> step();
folly::coro::Task<int> seek();
asio::awaitable<void> rest();

cppcoro::task<> play(std::shared_ptr<Player> player) {
  auto &playing = player->mode().get<Playing>();
  co_await step();
  ++playing.position;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'playing' is what 'Player::mode' holds at the time, and is used after a suspension in which 'Player::change' may have replaced it; share it, or get it again [async-look-up-across-suspend]
}
folly::coro::Task<void> jump(Player &player) {
  Playing &playing = std::get<Playing>(player.mode().value);
  int to = co_await seek();
  playing.position = to;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'playing' is what 'Player::mode' holds at the time
}
asio::awaitable<void> rewind(Player *player) {
  auto &playing = player->mode().get<Playing>();
  co_await rest();
  playing.position = 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'playing' is what 'Player::mode' holds at the time
}

// Right.
cppcoro::task<> before(std::shared_ptr<Player> player) {
  auto &playing = player->mode().get<Playing>();
  ++playing.position;
  co_await step();
  player->mode().get<Playing>().position = 0;
}
cppcoro::task<> record(std::shared_ptr<Record> record) {
  auto &playing = record->mode().get<Playing>();
  co_await step();
  ++playing.position;
}
cppcoro::task<> local() {
  Player player;
  auto &playing = player.mode().get<Playing>();
  co_await step();
  ++playing.position;
}
cppcoro::task<> whole(std::shared_ptr<Player> player) {
  auto &mode = player->mode();
  co_await step();
  mode.value = Idle();
}
