// Coroutines on the real Asio, of Boost or (with STANDALONE) on its own. NAME
// is what the messages call it.

#ifdef STANDALONE
#include <asio.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/experimental/awaitable_operators.hpp>
namespace net = asio;
using asio::error_code;
using asio::system_error;
#else
#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
namespace net = boost::asio;
using boost::system::error_code;
using boost::system::system_error;
#endif
#include <fstream>
#include <thread>
#include <unistd.h>

using net::awaitable;
using net::bind_executor;
using net::use_awaitable;
using net::ip::tcp;
using net::ip::udp;

awaitable<int> number();
awaitable<void> work();

awaitable<void> sleeps(net::steady_timer &timer, net::thread_pool &pool) {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  sleep(2);
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: 'sleep' blocks
  timer.wait();
  // CHECK: both.cpp:[[@LINE-1]]:9: warning: '[[NAME]]::steady_timer::wait' blocks
  std::this_thread::sleep_for(std::chrono::seconds(0));
  co_await net::post(pool, use_awaitable);
  sleep(3);
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: 'sleep' blocks
  co_await net::post(bind_executor(pool, use_awaitable));
  sleep(4);
  co_await net::dispatch(bind_executor(net::make_strand(pool), use_awaitable));
  sleep(5);
  co_await timer.async_wait(use_awaitable);
  sleep(6);
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: 'sleep' blocks
}

awaitable<std::size_t> calls(tcp::socket &socket, tcp::acceptor &acceptor, tcp::resolver &resolver,
                             udp::socket &datagrams, char (&data)[80]) {
  std::ifstream in("settings.conf");
  // CHECK: both.cpp:[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  socket.read_some(net::buffer(data));
  // CHECK: both.cpp:[[@LINE-1]]:10: warning: '[[NAME]]::ip::tcp::socket::read_some' blocks
  error_code ec;
  net::write(socket, net::buffer(data), ec);
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: '[[NAME]]::write' blocks
  auto endpoints = resolver.resolve("example.org", "http");
  // CHECK: both.cpp:[[@LINE-1]]:29: warning: '[[NAME]]::ip::tcp::resolver::resolve' blocks
  net::connect(socket, endpoints);
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: '[[NAME]]::connect' blocks
  auto name = acceptor.accept().remote_endpoint().address().to_string();
  // CHECK: both.cpp:[[@LINE-1]]:24: warning: '[[NAME]]::ip::tcp::acceptor::accept' blocks
  socket.connect(tcp::endpoint(), ec);
  // CHECK: both.cpp:[[@LINE-1]]:10: warning: '[[NAME]]::ip::tcp::socket::connect' blocks
  udp::endpoint sender;
  datagrams.receive_from(net::buffer(data), sender);
  // CHECK: both.cpp:[[@LINE-1]]:13: warning: '[[NAME]]::ip::udp::socket::receive_from' blocks
  datagrams.connect(sender);
  std::string text;
  co_return net::read_until(socket, net::dynamic_buffer(text), '\n');
  // CHECK: both.cpp:[[@LINE-1]]:13: warning: '[[NAME]]::read_until' blocks
}

awaitable<void> calls_correctly(tcp::socket socket, tcp::socket &other, tcp::resolver &resolver,
                                char (&data)[80]) {
  socket.non_blocking(true);
  socket.read_some(net::buffer(data));
  auto endpoints = co_await resolver.async_resolve("example.org", "http", use_awaitable);
  co_await net::async_connect(other, endpoints, use_awaitable);
  error_code ec;
  co_await net::async_write(other, net::buffer(data), net::redirect_error(use_awaitable, ec));
  other.shutdown(tcp::socket::shutdown_both);
}

awaitable<int> waits(net::io_context &loop, std::future<int> future, std::thread &thread) {
  int sum = net::co_spawn(loop, number(), net::use_future).get();
  // CHECK: both.cpp:[[@LINE-1]]:60: warning: 'std::future::get' blocks
  sum += future.get();
  // CHECK: both.cpp:[[@LINE-1]]:17: warning: 'std::future::get' blocks
  thread.join();
  // CHECK: both.cpp:[[@LINE-1]]:10: warning: 'std::thread::join' blocks
  loop.run();
  // CHECK: both.cpp:[[@LINE-1]]:8: warning: '[[NAME]]::io_context::run' blocks
  co_return sum + co_await number();
}

awaitable<void> unawaited(net::steady_timer &timer) {
  work();
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: the result of 'work' is never awaited: '[[NAME]]::awaitable<void>' is lazy
  timer.async_wait(use_awaitable);
  // CHECK: both.cpp:[[@LINE-1]]:9: warning: the result of '[[NAME]]::steady_timer::async_wait' is never awaited
  using namespace net::experimental::awaitable_operators;
  work() || number();
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: the result of '[[NAME]]::experimental::awaitable_operators::operator||' is never awaited
  timer.async_wait(net::detached);
  timer.async_wait([](error_code) {});
  co_await (work() && work());
}

awaitable<void> swallows(net::steady_timer &timer) {
  for (;;) {
    try {
      co_await timer.async_wait(use_awaitable);
      // CHECK: both.cpp:[[@LINE+2]]:7: warning: 'catch (const std::exception &)' swallows cancellation
      // CHECK: both.cpp:[[@LINE-2]]:7: note: a cancelled operation throws here
    } catch (const std::exception &) {
    }
  }
}

awaitable<void> does_not_swallow() {
  for (;;) {
    try {
      auto executor = co_await net::this_coro::executor;
      co_await work();
    } catch (const system_error &e) {
      if (e.code() == net::error::operation_aborted)
        co_return;
    } catch (const std::exception &) {
    }
  }
}

awaitable<void> on_a_pool() {
  sleep(1);
  co_return;
}
awaitable<void> on_both() {
  sleep(2);
  // CHECK: both.cpp:[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}
void start(net::thread_pool &pool, net::io_context &loop) {
  net::co_spawn(pool, on_a_pool(), net::detached);
  net::co_spawn(pool, on_both(), net::detached);
  net::co_spawn(loop, on_both(), net::detached);
  net::co_spawn(pool.get_executor(), [] { return on_a_pool(); }, net::detached);
  net::post(pool, [] { sleep(3); });
  loop.run();
}
