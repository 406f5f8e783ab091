// RUN: %check %s async-large-frame

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <array>
#include <memory>
#include <string>
#include <vector>

namespace asio = boost::asio;

cppcoro::task<> read(char *);
asio::awaitable<void> write(const char *);
struct Page {
  char Bytes[8192];
};

cppcoro::task<> local() {
  char Buffer[65536];
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Buffer' takes 65536 bytes of the frame of 'local', which is allocated for as long as the coroutine exists; allocate it only while it is needed, or share it [async-large-frame]
  co_await read(Buffer);
}
asio::awaitable<void> parameter(Page P) {
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'P' takes 8192 bytes of the frame of 'parameter'
  co_await write(P.Bytes);
}
seastar::future<> in_a_block() {
  for (int I = 0; I != 3; ++I) {
    std::array<int, 2048> Counts = {};
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'Counts' takes 8192 bytes
    co_await seastar::sleep(std::chrono::seconds(1));
    Counts[I] = 1;
  }
}

//===-- Right -------------------------------------------------------------===//

cppcoro::task<> small() {
  char Buffer[512];
  co_await read(Buffer);
}
cppcoro::task<> on_the_heap() {
  auto Buffer = std::make_unique<char[]>(65536);
  std::vector<Page> Pages(16);
  co_await read(Buffer.get());
}
cppcoro::task<> gone_before(std::string &Out) {
  {
    char Buffer[65536];
    Out.assign(Buffer, 5);
  }
  co_await read(Out.data());
}
cppcoro::task<> made_after() {
  co_await read(nullptr);
  char Buffer[65536];
  Buffer[0] = 1;
}
cppcoro::task<> by_reference(Page &P) { co_await read(P.Bytes); }
cppcoro::task<> in_no_frame() {
  static char Buffer[65536];
  co_await read(Buffer);
}
