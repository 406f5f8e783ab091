// RUN: %check %s async-work-outlives-element
// Work that is kept beside what it refers to.

#include <map>
#include <memory>
#include <seastar/core/coroutine.hh>
#include <string>
#include <unordered_map>

using seastar::future;
struct Buffer {
  std::string data;
};
future<> fill(Buffer &buffer);
future<> fill_copy(Buffer buffer);
future<> describe(int number);

class Uploads {
public:
  void start(int id) {
    auto &upload = uploads[id];
    upload.done = fill(upload.buffer);
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'upload.buffer' is given to work that 'upload.done' stands for, and is gone when 'Uploads::cancel' removes the element: the work goes on; wait for it before that, or let it own what it uses [async-work-outlives-element]
    // CHECK-MESSAGES: :[[@LINE+8]]:33: note: removed here
    upload.copied = fill_copy(upload.buffer);
  }
  void start_again(int id) {
    auto &upload = uploads.find(id)->second;
    upload.done = fill(upload.buffer).then([] { return describe(1); });
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'upload.buffer' is given to work
  }
  void cancel(int id) { uploads.erase(id); }

private:
  struct Upload {
    Buffer buffer;
    future<> done = seastar::make_ready_future<>();
    future<> copied = seastar::make_ready_future<>();
  };
  std::unordered_map<int, Upload> uploads;
};

template <typename T> class Any {
public:
  void start(T id) {
    auto &upload = uploads[id];
    upload.done = fill(upload.buffer);
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'upload.buffer' is given to work
  }
  void cancel(T id) { uploads.erase(id); }

private:
  struct Upload {
    Buffer buffer;
    future<> done = seastar::make_ready_future<>();
  };
  std::map<T, Upload> uploads;
};
template class Any<int>;

// Who removes it has waited.
class Waits {
public:
  void start(int id) {
    auto &upload = uploads[id];
    upload.done = fill(upload.buffer);
  }
  future<> cancel(int id) {
    co_await std::move(uploads[id].done);
    uploads.erase(id);
  }

private:
  struct Upload {
    Buffer buffer;
    future<> done = seastar::make_ready_future<>();
  };
  std::unordered_map<int, Upload> uploads;
};
// Nobody removes it but the work, when it ends.
class EndsItself {
public:
  void start(int id) {
    auto &upload = uploads[id];
    upload.done = fill(upload.buffer).finally([this, id] { uploads.erase(id); });
  }

private:
  struct Upload {
    Buffer buffer;
    future<> done = seastar::make_ready_future<>();
  };
  std::unordered_map<int, Upload> uploads;
};
// What it refers to lives elsewhere.
class Elsewhere {
public:
  void start(int id) {
    auto &upload = uploads[id];
    upload.done = fill(*upload.buffer);
    upload.done = fill(shared);
  }
  void cancel(int id) { uploads.erase(id); }

private:
  struct Upload {
    std::shared_ptr<Buffer> buffer;
    future<> done = seastar::make_ready_future<>();
  };
  Buffer shared;
  std::unordered_map<int, Upload> uploads;
};
