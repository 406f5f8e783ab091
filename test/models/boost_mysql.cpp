// RUN: %check %s async-*

// Boost.MySQL: what starts with 'async_' waits for the database without
// blocking anybody.

#include "boost/mysql.hpp"
#include <chrono>
#include <thread>

namespace asio = boost::asio;
namespace mysql = boost::mysql;
using namespace std::chrono_literals;

asio::awaitable<void> queries(mysql::any_connection &connection, mysql::results &result) {
  connection.execute("SELECT 1", result);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'boost::mysql::any_connection::execute' blocks the thread that runs this coroutine, and every task on it: it waits for the database's answer; co_await the asynchronous operation, with the token boost::asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await connection.async_execute("SELECT 1", result, boost::asio::use_awaitable);
  co_await connection.async_execute("SELECT 1", result, asio::use_awaitable);
}

void handlers(mysql::any_connection &connection, mysql::results &result) {
  connection.async_execute("SELECT 1", result, [&](boost::system::error_code) {
    connection.execute("SELECT 2", result);
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'boost::mysql::any_connection::execute' blocks the thread that runs this completion handler, and every task on it: it waits for the database's answer; use the asynchronous operation [async-blocking-call]
  });
  connection.async_execute("SELECT 1", result, [&](boost::system::error_code) {
    connection.async_execute("SELECT 2", result, [](boost::system::error_code) {});
  });
}

void synchronous(mysql::any_connection &connection, mysql::results &result) {
  connection.execute("SELECT 1", result);
}
