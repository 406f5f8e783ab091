// RUN: %check %s async-cancellation-not-forwarded

// Tokens of cppcoro are arguments: of an overload, or with a default.

#include <chrono>
#include <cppcoro/io_service.hpp>
#include <cppcoro/net/socket.hpp>
#include <cppcoro/task.hpp>

using namespace std::chrono_literals;
using cppcoro::cancellation_token;
using cppcoro::task;

task<> receive(cppcoro::net::socket &socket, cancellation_token token) {
  char buffer[64];
  for (;;) {
    co_await socket.recv(buffer, sizeof(buffer));
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'cppcoro::net::socket::recv' is not told to stop when 'token' is: another overload takes it; pass 'token' on [async-cancellation-not-forwarded]
    // CHECK-FIXES: co_await socket.recv(buffer, sizeof(buffer), token);
    co_await socket.recv(buffer, sizeof(buffer), token);
  }
}

task<> wait(cppcoro::io_service &service, const cancellation_token &token) {
  co_await service.schedule_after(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'cppcoro::io_service::schedule_after' is not told to stop when 'token' is: it has a parameter for that; pass 'token' on [async-cancellation-not-forwarded]
  // CHECK-FIXES: co_await service.schedule_after(1s, token);
  token.throw_if_cancellation_requested();
}

// Nothing that it could pass on.
task<> without(cppcoro::io_service &service) {
  co_await service.schedule_after(1s);
}
// It has said that this one is not to be stopped.
task<> not_this(cppcoro::io_service &service, cancellation_token token) {
  co_await service.schedule_after(1s, {});
  co_await service.schedule_after(1s, cancellation_token());
  co_await service.schedule();
  co_await service.schedule_after(1s, token);
}
// Whoever is told to stop says so to the socket.
task<> registered(cppcoro::net::socket &socket, cancellation_token token) {
  cppcoro::cancellation_registration closes(token, [] {});
  char buffer[64];
  co_await socket.recv(buffer, sizeof(buffer));
}
