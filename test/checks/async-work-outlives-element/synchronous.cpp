// RUN: %check %s async-work-outlives-element
// The code of seastar.cpp made synchronous.

#include <string>
#include <unordered_map>

struct Buffer {
  std::string data;
};
int fill(Buffer &buffer);

class Uploads {
public:
  void start(int id) {
    auto &upload = uploads[id];
    upload.done = fill(upload.buffer);
  }
  void cancel(int id) { uploads.erase(id); }

private:
  struct Upload {
    Buffer buffer;
    int done = 0;
  };
  std::unordered_map<int, Upload> uploads;
};
