// RUN: %check %s async-work-outlives-element
// What is dropped with its element cancels the work, or has not begun.

#include <cppcoro/task.hpp>
#include <kj/async.h>
#include <unordered_map>

struct Buffer {
  int data;
};
kj::Promise<void> fill(Buffer &buffer);
class WithKj {
public:
  void start(int id) {
    auto &upload = uploads.at(id);
    upload.done = fill(upload.buffer);
  }
  void cancel(int id) { uploads.erase(id); }

private:
  struct Upload {
    Buffer buffer;
    kj::Promise<void> done;
  };
  std::unordered_map<int, Upload> uploads;
};
cppcoro::task<> fill_later(Buffer &buffer);
class WithCppcoro {
public:
  void start(int id) {
    auto &upload = uploads.at(id);
    upload.done = fill_later(upload.buffer);
  }
  void cancel(int id) { uploads.erase(id); }

private:
  struct Upload {
    Buffer buffer;
    cppcoro::task<> done;
  };
  std::unordered_map<int, Upload> uploads;
};
