// RUN: %check %s async-cancellation-not-forwarded

// The same calls in functions that wait with their thread.

#include <stop_token>
#include <string>

struct Client {
  int get(std::string url, std::stop_token token = {});
  int post(std::string url);
  int post(std::string url, std::stop_token token);
};

int all(Client &client, std::stop_token token) {
  return client.get("a") + client.post("a");
}
template <class T> int generic(T &client, std::stop_token token) {
  return client.get("a");
}
template int generic(Client &, std::stop_token);
