using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Filters.Checking;

/// <summary>What can be wrong with a filter.</summary>
internal static class FilterProblems
{
    private const string Everything = "Such a filter selects all messages, or none";

    public static ImapException NotRead(Ast place, string action) =>
        Problem(place, $"-Filter reads {place.Extent.Text}, but this is not fetched with the messages.", action);

    public static ImapException NoProperty(Ast place, Shape owner, string name)
    {
        string[] ofContent = [.. typeof(ImapMessageContent).GetProperties().Select(property => property.Name)];
        if (owner.IsMessage && ofContent.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return Problem(
                place,
                $"-Filter reads {place.Extent.Text}, but there is no property {name}.",
                "Get-ImapMessageContent returns it. Pipe the messages there, and then filter with Where-Object. "
                    + "You can also use -Include Body and $_.Body.");
        }

        string? meant = MeantNames.Of(name, Members.Properties(owner));
        string? instead = owner.IsMessage ? MeantNames.Instead(name) : null;
        return Problem(
            place,
            $"-Filter reads {place.Extent.Text}, but there is no property {name}.{There(meant)}",
            instead ?? Write(meant) ?? "Get-ImapMessage -Newest 1 | Get-Member lists the properties of a message.");
    }

    public static ImapException NoMethod(Ast place, string name, IReadOnlyList<string> methods) =>
        NoMember(place, $"method {name}", MeantNames.Of(name, methods));

    public static ImapException NoStatic(Ast place, Type type, Shape? value, string name)
    {
        string[] names = [.. Members.Statics(type), .. value is null ? [] : Members.Properties(value)];
        return NoMember(place, $"static member {name} of [{type.Name}]", MeantNames.Of(name, names));
    }

    public static ImapException StaticOfValue(Ast place, string name) =>
        Problem(
            place,
            $"-Filter reads {place.Extent.Text}, but {name} is a property of the value. :: reads properties of a type.",
            $"Write .{name} with a dot.");

    public static ImapException NotCalled(Ast place) =>
        Problem(
            place,
            $"-Filter reads the method {place.Extent.Text} but does not call it. {Everything}.",
            $"Write {place.Extent.Text}(…) with parentheses.");

    public static ImapException NoName(Ast place) =>
        Problem(place, $"-Filter reads {place.Extent.Text}, but the name of the property is empty.", "Give the variable a value first.");

    public static ImapException NoIndex(Ast place, string index) =>
        Problem(
            place,
            $"-Filter reads {place.Extent.Text}, but that has no index {index}.",
            "Write a property with a dot, such as $_.IsFlagged. Only lists have an index, which is a number.");

    public static ImapException NoVariable(VariableExpressionAst variable, string? nearest)
    {
        string? meant = nearest is null ? null : $"${nearest}";
        return Problem(
            variable,
            $"-Filter uses {variable.Extent.Text}, but there is no such variable.{There(meant)}",
            Write(meant) ?? "Give it a value first. A variable that may be $null must exist.");
    }

    public static ImapException IsCommand(CommandAst command, string name) =>
        Problem(
            command,
            $"{command.GetCommandName()} is a command here. Write $_.{name}.",
            $"Write $_.{name} for the property of the message.");

    public static ImapException IsText(Ast text) =>
        Problem(
            text,
            $"-Filter uses the text {text.Extent.Text} as a condition. A text is always true or always false. {Everything}.",
            "Write the condition without quotes, and write each comparison in full: $_.Subject -eq 'a' -or $_.Subject -eq 'b'.");

    public static ImapException NoValue(Ast text, Type type, string written) =>
        NoMember(text, $"value {written} of {type.Name}", MeantNames.Of(written, Enum.GetNames(type)));

    public static ImapException Assigns(AssignmentStatementAst assignment) =>
        Problem(assignment, $"-Filter assigns: {assignment.Extent.Text}. A filter changes no message.", "Write -eq to compare.");

    public static ImapException Redirects(Ast redirection) =>
        Problem(redirection, $"-Filter writes its result to a file: {redirection.Extent.Text}.", "Write -gt to compare.");

    private static ImapException NoMember(Ast place, string what, string? meant) =>
        Problem(
            place,
            $"-Filter has {place.Extent.Text}, but there is no {what}.{There(meant)}",
            Write(meant) ?? "Get-Member lists what there is.");

    private static string There(string? meant) => meant is null ? string.Empty : $" There is {meant}.";

    private static string? Write(string? meant) => meant is null ? null : $"Write {meant} if you mean this.";

    private static ImapException Problem(Ast place, string message, string action) =>
        Failures.FilterInvalid(message, action, place.Extent.Text);
}
