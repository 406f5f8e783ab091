//===-- Completion.cpp - What shells complete -----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Completion.h"
#include "core/Registry.h"
#include "driver/formats/Format.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace async_tidy;

namespace {

struct Flag {
  std::string Name; ///< with its dashes
  StringRef Help;
  bool TakesValue;
};

struct Command {
  StringRef Name, Help; ///< no name: without a command
  std::vector<Flag> Flags;
};

} // namespace

static std::vector<Command> commands(cl::OptionCategory &Category) {
  std::vector<Command> All;
  for (cl::SubCommand *Sub : cl::getRegisteredSubcommands()) {
    if (Sub == &cl::SubCommand::getAll())
      continue;
    Command C{Sub->getName(), Sub->getDescription(), {}};
    for (const auto &[Name, O] : cl::getRegisteredOptions(*Sub))
      if (is_contained(O->Categories, &Category))
        C.Flags.push_back({(Name.size() == 1 ? "-" : "--") + Name.str(),
                           O->HelpStr,
                           O->getValueExpectedFlag() == cl::ValueRequired ||
                               !O->ValueStr.empty()});
    sort(C.Flags, [](const Flag &A, const Flag &B) { return A.Name < B.Name; });
    All.push_back(std::move(C));
  }
  sort(All, [](const Command &A, const Command &B) { return A.Name < B.Name; });
  return All;
}

static std::string checkNames() {
  std::string Names = "async-*";
  for (const RegisteredCheck &C : registeredChecks())
    Names += " " + C.Info.Name.str();
  return Names;
}
static std::string formatNames() {
  return join(map_range(formats(), [](const Format &F) { return F.Name; }),
              " ");
}

/// Bash; zsh understands it, too.
static std::string forBash(ArrayRef<Command> All) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << "# Made by 'async-tidy completion bash'.\n"
        "_async_tidy() {\n"
        "  local word=${COMP_WORDS[COMP_CWORD]} flag='' command=''\n"
        "  case ${COMP_WORDS[1]} in\n  ";
  ListSeparator Or("|");
  for (const Command &C : All)
    if (!C.Name.empty())
      OS << Or << C.Name;
  OS << ") command=${COMP_WORDS[1]} ;;\n  esac\n"
        "  # Bash takes '--flag=value' for three words.\n"
        "  if [[ $word == = ]]; then flag=${COMP_WORDS[COMP_CWORD-1]} word=''\n"
        "  elif [[ ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then\n"
        "    flag=${COMP_WORDS[COMP_CWORD-2]}\n"
        "  fi\n"
        "  local checks='"
     << checkNames() << "'\n"
     << "  case $flag in\n"
        "  --checks|--explain|--warnings-as-errors)\n"
        "    COMPREPLY=($(compgen -W \"$checks\" -- \"$word\")); return ;;\n"
        "  --output) COMPREPLY=($(compgen -W '"
     << formatNames()
     << "' -- \"$word\")); return ;;\n"
        "  --fail-on) COMPREPLY=($(compgen -W 'error warning style never' -- "
        "\"$word\")); return ;;\n"
        "  ?*) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
        "  esac\n"
        "  local words=''\n"
        "  case $command in\n";
  for (const Command &C : All) {
    OS << "  " << (C.Name.empty() ? "''" : C.Name) << ") words='";
    ListSeparator Space(" ");
    for (const Flag &F : C.Flags)
      OS << Space << F.Name << (F.TakesValue && F.Name.size() > 2 ? "=" : "");
    if (C.Name.empty())
      for (const Command &Other : All)
        OS << Space << Other.Name;
    OS << "' ;;\n";
  }
  OS << "  esac\n"
        "  if [[ $word == -* || ($COMP_CWORD == 1 && -n $word) ]]; then\n"
        "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
        "    [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null\n"
        "  elif [[ $command == explain ]]; then\n"
        "    COMPREPLY=($(compgen -W \"$checks\" -- \"$word\"))\n"
        "  elif [[ $command == completion ]]; then\n"
        "    COMPREPLY=($(compgen -W 'bash zsh fish' -- \"$word\"))\n"
        "  fi\n"
        "  [[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "
        "\"$word\"))\n"
        "}\n"
        "complete -F _async_tidy async-tidy\n";
  return Text;
}

static std::string forFish(ArrayRef<Command> All) {
  std::string Text;
  raw_string_ostream OS(Text);
  auto Quote = [&](StringRef Help) {
    std::string Result = Help.str();
    for (size_t At = 0; (At = Result.find('\'', At)) != Result.npos; At += 2)
      Result.insert(At, "\\");
    return "'" + Result + "'";
  };
  OS << "# Made by 'async-tidy completion fish'.\n"
        "set -l commands";
  for (const Command &C : All)
    if (!C.Name.empty())
      OS << ' ' << C.Name;
  OS << '\n';
  for (const Command &C : All) {
    const std::string Condition =
        C.Name.empty() ? "'not __fish_seen_subcommand_from $commands'"
                       : "'__fish_seen_subcommand_from " + C.Name.str() + "'";
    if (!C.Name.empty())
      OS << "complete -c async-tidy -n __fish_use_subcommand -a " << C.Name
         << " -d " << Quote(C.Help) << '\n';
    for (const Flag &F : C.Flags) {
      OS << "complete -c async-tidy -n " << Condition
         << (F.Name.size() == 2 ? " -s " : " -l ")
         << StringRef(F.Name).ltrim('-');
      if (F.Name == "--checks" || F.Name == "--explain")
        OS << " -x -a '" << checkNames() << "'";
      else if (F.Name == "--output")
        OS << " -x -a '" << formatNames() << "'";
      else if (F.TakesValue)
        OS << " -r";
      OS << " -d " << Quote(F.Help) << '\n';
    }
  }
  OS << "complete -c async-tidy -n '__fish_seen_subcommand_from explain' -f -a "
        "'"
     << checkNames() << "'\n";
  return Text;
}

Expected<std::string> async_tidy::completionFor(StringRef Shell,
                                                cl::OptionCategory &Category) {
  const std::vector<Command> All = commands(Category);
  if (Shell == "bash")
    return forBash(All);
  if (Shell == "zsh")
    return "autoload -Uz bashcompinit && bashcompinit\n" + forBash(All);
  if (Shell == "fish")
    return forFish(All);
  return createStringError("there is no completion for '" + Shell +
                           "'; there is one for bash, zsh and fish");
}
