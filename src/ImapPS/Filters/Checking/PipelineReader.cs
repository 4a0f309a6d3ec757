using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ImapPS.Filters.Checking;

/// <summary>Knows what goes through a pipeline.</summary>
/// <param name="reader">Reads expressions.</param>
/// <param name="caller">Knows the commands.</param>
internal sealed class PipelineReader(ShapeReader reader, ICallerValues caller)
{
    private const string Where = "WhereObjectCommand";

    private const string ForEach = "ForEachObjectCommand";

    private const string Sort = "SortObjectCommand";

    private const string Group = "GroupObjectCommand";

    private const string Select = "SelectObjectCommand";

    /// <summary>The parameters of Select-Object that only choose.</summary>
    private static readonly string[] _choosing = ["First", "Last", "Skip", "SkipLast", "Index", "Unique", "Wait"];

    /// <summary>The value of an expression that is all that the statement has, as it is; else what the statement writes.</summary>
    public Shape? Value(StatementAst? statement) => statement switch
    {
        AssignmentStatementAst assignment => Value(assignment.Right),
        CommandExpressionAst only => reader.Of(only.Expression),
        _ when Syntax.Only(statement) is { } only => reader.Of(only),
        _ => Output(statement),
    };

    /// <summary>What a block of statements writes.</summary>
    public Shape? Output(StatementBlockAst block) => block is { Traps: null or { Count: 0 } } ? Output(block.Statements) : null;

    /// <summary>What a statement writes.</summary>
    public Shape? Output(StatementAst? statement) => statement switch
    {
        PipelineAst pipeline => Output(pipeline, pipeline.PipelineElements.Count),
        ReturnStatementAst { Pipeline: PipelineAst result } => Output(result),
        ForEachStatementAst loop => Several(Output(loop.Body)),
        IfStatementAst choice => Several(Common(choice.Clauses.Select(clause => clause.Item2).Append(choice.ElseClause).Select(Branch))),
        _ => null,
    };

    /// <summary>What $_ is in a block that is a command's argument; null where that is not known.</summary>
    public Shape? ItemIn(CommandAst command, ScriptBlockExpressionAst block)
    {
        if (Cmdlet(command) is not { } cmdlet)
        {
            bool isProcess = block.ScriptBlock is { ProcessBlock: not null, BeginBlock: null, EndBlock: null };
            return isProcess && ReferenceEquals(command.CommandElements[0], block) ? Input(command)?.Item : null;
        }

        // With several blocks of ForEach-Object, the first and the last are not about the input.
        CommandArguments arguments = new(command, cmdlet);
        bool isAlone = arguments.Positional.OfType<ScriptBlockExpressionAst>().Count() <= 1 && !arguments.Names.Overlaps(["Begin", "End"]);
        bool isAbout = cmdlet.ImplementingType.Name is Where or Sort or Group || (cmdlet.ImplementingType.Name == ForEach && isAlone);
        return isAbout ? Item(command, arguments) : null;
    }

    /// <summary>True for a command that runs its blocks in the scope that it is called in.</summary>
    public bool RunsHere(CommandAst command) =>
        Cmdlet(command) is { ImplementingType.Name: Where or ForEach or Sort or Group } cmdlet
        && !new CommandArguments(command, cmdlet).Names.Contains("Parallel");

    /// <summary>Reads the property that Where-Object or ForEach-Object is given by its name.</summary>
    public void Check(CommandAst command) => _ = Property(command, out _);

    /// <summary>What a script block writes.</summary>
    private Shape? Output(ScriptBlockAst block) =>
        block is { BeginBlock: null, ProcessBlock: null, DynamicParamBlock: null, EndBlock: { Traps: null or { Count: 0 } } end }
            ? Output(end.Statements)
            : null;

    private Shape? Branch(StatementBlockAst? branch) => branch is null ? null : Output(branch);

    private Shape? Output(IReadOnlyList<StatementAst> statements)
    {
        // An assignment writes nothing.
        StatementAst[] writing = [.. statements.Where(statement => statement is not AssignmentStatementAst)];
        return writing is [var only] ? Output(only) : Several(Common(writing.Select(Output)));
    }

    /// <summary>What all of them are; null where they are not of one type.</summary>
    private static Shape? Common(IEnumerable<Shape?> shapes) => shapes.Distinct().ToArray() is [var only] ? only : null;

    /// <summary>What comes to a command.</summary>
    private Shape? Input(CommandAst command) =>
        command.Parent is PipelineAst pipeline && pipeline.PipelineElements.IndexOf(command) is > 0 and var index
            ? Output(pipeline, index)
            : null;

    private Shape? Item(CommandAst command, CommandArguments arguments) =>
        arguments["InputObject"] is ExpressionAst given ? reader.Of(given) : Input(command)?.Item;

    /// <summary>What the first so many commands of a pipeline write.</summary>
    private Shape? Output(PipelineAst pipeline, int count) => pipeline.PipelineElements[count - 1] switch
    {
        CommandExpressionAst { Redirections.Count: 0 } expression => reader.Of(expression.Expression)?.Enumerated,
        CommandAst { Redirections.Count: 0 } command => Output(command),
        _ => null,
    };

    private Shape? Output(CommandAst command)
    {
        if (command.CommandElements[0] is ScriptBlockExpressionAst { ScriptBlock: var called }) return Output(called);

        if (Cmdlet(command) is not { } cmdlet) return null;

        CommandArguments arguments = new(command, cmdlet);
        return cmdlet.ImplementingType.Name switch
        {
            Where or Sort => Several(Input(command)),
            Select when arguments.Positional.Count == 0 && arguments.Names.IsSubsetOf(_choosing) => Several(Input(command)),
            ForEach when Property(command, out Shape? value) => Several(value),
            ForEach when arguments is { Positional: [ScriptBlockExpressionAst only], Names.Count: 0 } => Several(Output(only.ScriptBlock)),
            _ => null,
        };
    }

    private static Shape? Several(Shape? shape) => shape is null ? null : shape.Enumerated with { IsSeveral = true };

    /// <summary>The property in Where-Object Name, and in ForEach-Object Name.</summary>
    /// <returns>False when the command is not written so.</returns>
    private bool Property(CommandAst command, out Shape? value)
    {
        value = null;
        if (Cmdlet(command) is not { ImplementingType.Name: Where or ForEach } cmdlet) return false;

        CommandArguments arguments = new(command, cmdlet);
        Ast? name = arguments["Property"] ?? arguments["MemberName"] ?? (arguments.Positional is [var first, ..] ? first : null);
        if (name is not ExpressionAst expression || (name is not StringConstantExpressionAst && !reader.IsText(expression))) return false;

        Shape? item = Item(command, arguments);
        bool isMethod = cmdlet.ImplementingType.Name == ForEach;
        if (item is null || reader.Name(expression) is not { } written || WildcardPattern.ContainsWildcardCharacters(written)) return true;

        value = reader.Member(item, written, command, mayBeMethod: isMethod);
        if (value is { IsMethod: true }) Members.TryCall(item, written, out value);
        return true;
    }

    private CmdletInfo? Cmdlet(CommandAst command) =>
        command.InvocationOperator == TokenKind.Unknown
        && command.GetCommandName() is { } name
        && caller.TryCommand(name, out CommandInfo? found)
        && found is CmdletInfo { ImplementingType.Namespace: "Microsoft.PowerShell.Commands" } cmdlet ? cmdlet : null;
}
