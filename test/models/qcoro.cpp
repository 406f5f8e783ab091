// RUN: %check %s async-*

// Qt, in the coroutines of QCoro and in its callbacks.

#include "QCoroCore"
#include <chrono>

using namespace std::chrono_literals;
using QCoro::Task;

Task<> step();
Task<int> number();
int compute();

Task<> sleeps(unsigned n) {
  QThread::sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await QCoro::sleepFor [async-blocking-sleep]
  // CHECK-FIXES: co_await QCoro::sleepFor(std::chrono::seconds(1));
  QThread::sleep(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::sleep' blocks
  // CHECK-FIXES: co_await QCoro::sleepFor(1s);
  QThread::msleep(n);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::msleep' blocks
  // CHECK-FIXES: co_await QCoro::sleepFor(std::chrono::milliseconds(n));
  QThread::usleep(20);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::usleep' blocks
  // CHECK-FIXES: co_await QCoro::sleepFor(std::chrono::microseconds(20));
  co_await QCoro::sleepFor(1s);
  QThread::msleep(0);
}

Task<int> waits(QThread *thread) {
  int n = QCoro::waitFor(number());
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'QCoro::waitFor' blocks the thread that runs this coroutine, and every task on it: it runs another event loop until the work has ended; co_await it, or the object that qCoro() makes of it [async-blocking-wait]
  // CHECK-FIXES: int n = co_await number();
  thread->wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'QThread::wait' blocks the thread that runs this coroutine, and every task on it: it waits until the thread has ended; co_await it, or the object that qCoro() makes of it [async-blocking-wait]
  co_await qCoro(thread).waitForFinished();
  thread->wait(0);
  co_return n + co_await number();
}

// A future that has been awaited has its result.
Task<int> futures() {
  int n = QtConcurrent::run(compute).result();
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'QFuture::result' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await it, or the object that qCoro() makes of it [async-blocking-wait]
  QFuture<int> other = QtConcurrent::run(compute);
  other.waitForFinished();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'QFuture::waitForFinished' blocks
  QFuture<int> third = QtConcurrent::run(compute);
  co_await third;
  co_return n + third.result();
}

Task<> network(QTcpSocket &socket, QTcpServer &server, QDBusInterface &service) {
  socket.waitForConnected();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'QTcpSocket::waitForConnected' blocks the thread that runs this coroutine, and every task on it: it waits for the peer; co_await the function of the same name of qCoro(object) [async-blocking-call]
  socket.waitForReadyRead(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'QTcpSocket::waitForReadyRead' blocks
  server.waitForNewConnection(1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'QTcpServer::waitForNewConnection' blocks
  service.call("Ping");
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'QDBusInterface::call' blocks the thread that runs this coroutine, and every task on it: it waits for the reply of another process; co_await the function of the same name of qCoro(object) [async-blocking-call]
  service.call(QDBus::Block, "Ping");
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'QDBusInterface::call' blocks
  service.call(QDBus::NoBlock, "Ping");
  server.waitForNewConnection();
  socket.waitForReadyRead(0);
  co_await qCoro(socket).waitForConnected();
  co_await qCoro(socket).waitForReadyRead();
}

Task<> processes(QProcess &process) {
  QProcess::execute("ls");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QProcess::execute' blocks the thread that runs this coroutine, and every task on it: it runs a program and waits for its end; co_await the function of the same name of qCoro(process) [async-blocking-call]
  process.waitForFinished();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'QProcess::waitForFinished' blocks
  co_await qCoro(process).waitForFinished();
}

Task<> loops(QEventLoop &loop, const QDir &directory) {
  loop.exec();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'QEventLoop::exec' blocks the thread that runs this coroutine, and every task on it: it runs another event loop, and everything that called this has to wait for its end; co_await the signal that ends the loop [async-blocking-wait]
  directory.entryList();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'QDir::entryList' blocks the thread that runs this coroutine, and every task on it: it reads a directory; co_await QtConcurrent::run [async-blocking-call]
  co_await step();
}

// Whoever gives what comes of it to a callback need not await it as well.
Task<> continues() {
  number().then([](int) {});
  co_await step();
}

// A slot cannot await; a coroutine can.
Task<> drops() {
  step();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'step' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await step();
  co_await step();
}

void slot() { step(); }

void callbacks() {
  QTimer::singleShot(10, [] {
    QThread::sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'QThread::sleep' blocks the thread that runs this callback, and every task on it: it sleeps; use QTimer::singleShot [async-blocking-sleep]
  });
  number().then([](int) {
    QThread::sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'QThread::sleep' blocks the thread that runs this continuation, and every task on it: it sleeps; use QTimer::singleShot [async-blocking-sleep]
  });
  QTimer::singleShot(10, [] { step(); });
  number().then([](int) {});
}

// Other threads may block.
Task<> moves(QThread *worker) {
  co_await QCoro::moveToThread(worker);
  QThread::sleep(1);
}

void offloads() {
  QtConcurrent::run([] { QThread::sleep(1); });
  QThread::create([] { QThread::sleep(1); });
}

int synchronous(QTcpSocket &socket) {
  QThread::sleep(1);
  socket.waitForConnected();
  return QCoro::waitFor(number());
}
