// RUN: %check %s async-use-after-move

// Paths, handlers, and what is no use.

#include "task.h"
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct Message {
  std::string text;
  int number = 0;
  Message(std::string text);
};

app::Task<> send(Message message, int priority = 0);
app::Task<> write(std::string text);
app::Task<> keep(std::unique_ptr<Message> message);
app::Task<> forward(std::string &&text);
app::Task<> look(const std::string &text);
app::Task<> call(std::function<void(int)> callback);
void log(const std::string &text);
void log(const Message &message);
void log(int number);
void read(std::string &text);
bool ready();

app::Task<> after(Message message) {
  co_await send(std::move(message));
  log(message);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'message' has been moved into the work that was awaited; use it before, or give the work a copy [async-use-after-move]
  // CHECK-MESSAGES: :[[@LINE-3]]:27: note: moved here
}
app::Task<> when_it_fails(std::string text, std::function<void(int)> callback) {
  try {
    co_await write(std::move(text));
    co_await call(std::move(callback));
  } catch (const std::exception &error) {
    log(text);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'text' has been moved into the work that was awaited, and is gone when that fails; use it before, or give the work a copy [async-use-after-move]
    // CHECK-MESSAGES: :[[@LINE-5]]:30: note: moved here
    callback(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'callback' has been moved into the work that was awaited, and is gone when that fails
    // CHECK-MESSAGES: :[[@LINE-7]]:29: note: moved here
  }
}
app::Task<> again(std::string text) {
  for (;;) {
    log(text.substr(1));
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'text' has been moved into the work that was awaited; use it before
    // CHECK-MESSAGES: :[[@LINE+1]]:30: note: moved here
    co_await write(std::move(text));
  }
}
app::Task<> a_part(Message message) {
  co_await send(std::move(message));
  // This one was copied.
  log(message.number);
  log(message.text);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'message' has been moved into the work that was awaited
  // CHECK-MESSAGES: :[[@LINE-5]]:27: note: moved here
}
app::Task<> a_pointer(std::unique_ptr<Message> message) {
  co_await keep(std::move(message));
  if (message)
    log(message->text);
  if (message == nullptr)
    ready();
  // CHECK-MESSAGES: :[[@LINE-3]]:9: warning: 'message' has been moved into the work that was awaited
  // CHECK-MESSAGES: :[[@LINE-6]]:27: note: moved here
}

// A callee that moves from what it was only to use.
app::Task<> handle(std::function<void(int)> &callback, int count) {
  if (count)
    co_await call(std::move(callback));
}
app::Task<> ask(std::function<void(int)> &callback) {
  callback(1);
  co_return;
}
app::Task<> passed(std::function<void(int)> callback) {
  try {
    co_await ask(callback);
  } catch (const std::exception &error) {
    callback(0);
  }
  try {
    co_await handle(callback, 1);
  } catch (const std::exception &error) {
    callback(0);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'callback' has been moved into the work that was awaited, and is gone when that fails
    // CHECK-MESSAGES: :[[@LINE-17]]:29: note: moved here
    // CHECK-MESSAGES: :[[@LINE-5]]:21: note: passed here
  }
}

app::Task<> right(std::string text, bool yes, std::vector<int> numbers) {
  auto copy = text;
  co_await write(std::move(text));
  log(copy);
  text = "new";
  log(text);
  co_await write(std::move(text));
  read(text);
  log(text);
  co_await write(std::move(text));
  text.clear();
  log(text);
  co_await write(std::move(text));
  if (text.empty())
    ready();
  text = "again";
  // Taken only when it is.
  co_await look(std::move(text));
  log(text);
  co_await forward(std::move(text));
  text = "once more";
  if (yes)
    co_await write(std::move(text));
  else
    log(text);
  text = "last";
  if (yes)
    co_await write(std::move(text));
  if (!yes)
    log(text);
  text = "in a loop";
  for (int i = 0; i < 3; ++i) {
    std::string each = "each";
    log(each);
    co_await write(std::move(each));
  }
  // Others can set this one.
  std::string shared = "shared";
  auto renew = [&shared] { shared = "new"; };
  co_await write(std::move(shared));
  renew();
  log(shared);
  Message message("now");
  co_await send(std::move(message), message.number);
  // Not awaited here: an ordinary use after a move.
  std::string ordinary = "x";
  auto task = write(std::move(ordinary));
  co_await std::move(task);
  log(ordinary);
}
app::Task<> declared_within() {
  try {
    std::string text = "x";
    co_await write(std::move(text));
  } catch (...) {
    std::string text = "y";
    log(text);
  }
}
