// RUN: %check %s async-blocking-call

// Files and directories.

#include "task.h"
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/file.h>
#include <unistd.h>

namespace fs = std::filesystem;

app::Task<> streams(const std::string &path) {
  std::ifstream in(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it on a thread pool [async-blocking-call]
  std::ofstream out{path, std::ios::app};
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ofstream constructor' blocks
  std::fstream both(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::fstream constructor' blocks
  std::wifstream wide(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'std::wifstream constructor' blocks
  std::ifstream later;
  later.open(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::ifstream::open' blocks
  std::filebuf buffer;
  buffer.open(path, std::ios::in);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::filebuf::open' blocks
  auto heap = new std::ofstream(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ofstream constructor' blocks
  auto line = std::ifstream(path).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::ifstream constructor' blocks
  co_return;
}

// A stream that is there already may be of any kind, and may have its text in
// memory.
app::Task<> other_streams(std::ifstream &given, std::istream &any) {
  std::string word;
  given >> word;
  std::getline(any, word);
  std::ifstream unopened;
  std::ifstream moved(std::move(given));
  std::stringstream memory(word);
  memory >> word;
  std::ifstream kernel("/proc/self/status");
  std::ofstream device{"/dev/null"};
  unopened.open("/sys/class/net");
  co_return;
}

app::Task<int> c_streams(const char *path, FILE *given) {
  FILE *file = fopen(path, "r");
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'fopen' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it on a thread pool [async-blocking-call]
  std::FILE *same = std::fopen(path, "r");
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'fopen' blocks
  char text[80];
  fread(text, 1, sizeof text, file);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fread' blocks
  fgets(text, sizeof text, file);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fgets' blocks
  fwrite(text, 1, sizeof text, file);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fwrite' blocks
  fread(text, 1, sizeof text, given);
  FILE *kernel = fopen("/proc/meminfo", "r");
  fclose(file);
  fprintf(stderr, "%s\n", text);
  puts(text);
  co_return fflush(stdout);
}

app::Task<> descriptors(const char *path, int given, int flags) {
  char text[80];
  int file = open(path, O_RDONLY);
  read(file, text, sizeof text);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'read' blocks the thread that runs this coroutine, and every task on it: it reads a file; co_await it on a thread pool [async-blocking-call]
  write(file, text, sizeof text);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'write' blocks
  pread(file, text, sizeof text, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pread' blocks
  fsync(file);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fsync' blocks
  flock(file, LOCK_EX);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'flock' blocks
  int second = -1;
  second = open(path, O_RDWR | O_CREAT, 0600);
  if (second >= 0)
    read(second, text, sizeof text);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'read' blocks

  read(given, text, sizeof text);
  write(given, text, sizeof text);
  write(STDOUT_FILENO, text, sizeof text);
  int polled = open(path, O_RDWR | O_NONBLOCK);
  read(polled, text, sizeof text);
  int depends = open(path, flags);
  read(depends, text, sizeof text);
  int changed = open(path, O_RDONLY);
  fcntl(changed, F_SETFL, O_NONBLOCK);
  read(changed, text, sizeof text);
  flock(file, LOCK_EX | LOCK_NB);
  flock(file, LOCK_UN);
  int pipes[2];
  pipe(pipes);
  read(pipes[0], text, sizeof text);
  close(file);
  co_return;
}

app::Task<> locks(int file) {
  struct flock lock {};
  fcntl(file, F_SETLKW, &lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fcntl' blocks
  fcntl(file, F_SETLK, &lock);
  fcntl(file, F_GETFL);
  lockf(file, F_LOCK, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lockf' blocks
  lockf(file, F_TLOCK, 0);
  co_return;
}

app::Task<> directories(const fs::path &path) {
  for (const auto &entry : fs::directory_iterator(path))
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'std::filesystem::directory_iterator constructor' blocks the thread that runs this coroutine, and every task on it: it reads a directory; co_await it on a thread pool [async-blocking-call]
    ;
  for (const auto &entry : fs::recursive_directory_iterator(path))
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'std::filesystem::recursive_directory_iterator constructor' blocks
    ;
  fs::copy_file(path, "b");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::filesystem::copy_file' blocks
  fs::copy(path, "b", fs::copy_options::recursive);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::filesystem::copy' blocks
  fs::remove_all(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::filesystem::remove_all' blocks
  DIR *folder = opendir("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'opendir' blocks
  co_return;
}

// Questions about one entry of a directory are answered at once.
app::Task<> entries(const fs::path &path) {
  if (fs::exists(path) && fs::file_size(path) > 10)
    fs::rename(path, "b");
  fs::create_directories("a/b");
  fs::remove(path);
  fs::directory_iterator end;
  unlink("a");
  access("a", R_OK);
  co_return;
}

// A stream on what the kernel makes up is read at once, too.
app::Task<int> streams() {
  int total = 0, other = 0;
  FILE *kernel = fopen("/proc/meminfo", "r");
  fscanf(kernel, "MemTotal: %d", &total);
  FILE *file = fopen("settings", "r");
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'fopen' blocks
  fscanf(file, "%d", &other);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fscanf' blocks
  co_return total + other;
}
